# SPDX-License-Identifier: GPL-2.0-only
#
# What the compiler wrote, with some jumps made calls that have a return behind them:
#
#   awk -v names=JUMP[:JUMP]... -f current-function.awk -f tail-calls.awk FILE FILE
#
# JUMP is NAME for all to that name, FUNCTION@NAME for those in one function and its parts, and
# FUNCTION@__x86_indirect_thunk for those to where a pointer leads. Behind such a jump out of replaced code to a
# new function the kernel's stack check would not find a sleeping task. The return is as the compiler writes it in
# that file, for which it is read twice; where it has none, nothing is changed.

BEGIN {
	for (n = split(names, list, ":"); n; n--)
		called[list[n]]
}

function wanted(target) {
	if (target in called)
		return 1
	sub(/^__x86_indirect_thunk_.*/, "__x86_indirect_thunk", target)
	return current_is_in(called, "@" target)
}

FNR == 1 { pass++ }

pass == 1 {
	if ($0 == "\tjmp\t__x86_return_thunk" || $0 == "\tret") {
		if (ending !~ /jmp/)
			ending = $0
	} else if (before == ending && ending != "" && $0 == "\tint3") {
		stop = "\n\tint3"
	}
	before = $0
	next
}

/^\tj[a-z]+\t/ && ending != "" {
	n = split($0, word, "\t")
	if (n == 3 && wanted(word[3])) {
		if (word[2] != "jmp")
			printf "\t%s\t.Lkpatch_call%d\n\tjmp\t.Lkpatch_past%d\n.Lkpatch_call%d:\n", word[2], ++k, k, k
		print "\tcall\t" word[3] "\n" ending stop
		if (word[2] != "jmp")
			printf ".Lkpatch_past%d:\n", k
		next
	}
}

{ print }
