#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# gcc's -wrapper for a unit in which code that is replaced ends in a jump that leads to a new function, where
# the kernel's stack check would not find a sleeping task: tail-calls.bash JUMP[:JUMP]... PROGRAM ARGUMENT...
# Before the assembler reads what the compiler wrote, these jumps become calls with a return behind them: of
# NAME all to that name, of FUNCTION@NAME those in one function and its parts, and of
# FUNCTION@__x86_indirect_thunk those to where a pointer leads. The return is as the compiler writes it in that
# file; where it has none, nothing is changed. Runtime constants of FUNCTION@runtime-constant are read from
# their variables in the same step (runtime-constants.awk).

# calls JUMPS FILE
calls()
{
	awk -v names="$1" '
		BEGIN {
			for (n = split(names, list, ":"); n; n--)
				called[list[n]]
		}
		function wanted(target,   name) {
			if (target in called)
				return 1
			sub(/^__x86_indirect_thunk_.*/, "__x86_indirect_thunk", target)
			name = current
			do {
				if (name "@" target in called)
					return 1
			} while (sub(/\.[^.]*$/, "", name))
			return 0
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
		/^[A-Za-z_][^ \t:]*:/ { current = substr($0, 1, index($0, ":") - 1) }
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
		{ print }' "$2" "$2"
}

names=$1
shift
if [[ ${1##*/} == *as ]]; then
	for word; do
		[[ $word == *.s ]] || continue
		text=$(set -o pipefail; calls "$names" "$word" |
			awk -v names="$names" -f "${BASH_SOURCE[0]%/*}/runtime-constants.awk") && printf '%s\n' "$text" >"$word" || exit
	done
fi
exec "$@"
