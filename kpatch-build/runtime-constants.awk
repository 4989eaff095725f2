# SPDX-License-Identifier: GPL-2.0-only
#
# What the compiler wrote, with the runtime constants of some functions and their parts read from their
# variables: awk -v names=FUNCTION@runtime-constant[:...] -f current-function.awk -f runtime-constants.awk FILE
#
# The kernel writes the values into its own code when it starts (runtime_const_init(), asm/runtime-const.h,
# Linux 6.12), and its modules read the variables, which do not change afterwards. A pointer is read as
# it is there; a shift needs its count in %cl, which is put back. What is spelled otherwise stays, and
# is refused by the differ.

BEGIN {
	for (n = split(names, list, ":"); n; n--)
		if (sub(/@runtime-constant$/, "", list[n]))
			wanted[list[n]]
	# after the instruction
	following[2] = "^1:$"
	following[3] = "^[.]pushsection runtime_(ptr|shift)_[A-Za-z0-9_]+,\"a\"$"
	following[4] = "^\t[.]long 1b - [18] - [.]$"
	following[5] = "^[.]popsection$"
}

function flush(   i) {
	for (i = 1; i <= held; i++)
		print line[i]
	held = 0
}

function read_pointer(variable, to) {
	return "\tmovq " variable "(%rip)," to
}

function read_shift(variable, value) {
	if (value != "%ecx")
		return "\tpushq %rcx\n\tmovzbl " variable "(%rip),%ecx\n\tshrl %cl," value "\n\tpopq %rcx"
	return "\tpushq %rax\n\tmovl %ecx,%eax\n\tmovzbl " variable "(%rip),%ecx\n\tshrl %cl,%eax\n" \
		"\tmovl %eax,%ecx\n\tpopq %rax"
}

# The five lines of one place.
function replaced(   to, variable) {
	to = line[1]
	sub(/.*,/, "", to)
	variable = line[3]
	sub(/,.*/, "", variable)
	if (line[1] ~ /\tmov / && sub(/.*runtime_ptr_/, "", variable) && line[4] ~ / 8 /)
		return read_pointer(variable, to)
	if (line[1] ~ /\tshrl / && sub(/.*runtime_shift_/, "", variable) && line[4] ~ / - 1 - /)
		return read_shift(variable, to)
	return ""
}

held && $0 ~ following[held + 1] {
	line[++held] = $0
	if (held == 5 && (text = replaced()) != "") {
		print text
		held = 0
	} else if (held == 5) {
		flush()
	}
	next
}

{ flush() }

/^\t(mov \$81985529216486895,%r[a-z0-9]+|shrl \$12,%(e[a-d]x|e[sdb][ip]|r[0-9]+d))$/ && current_is_in(wanted, "") {
	line[++held] = $0
	next
}

{ print }

END { flush() }
