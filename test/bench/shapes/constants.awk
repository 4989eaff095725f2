# SPDX-License-Identifier: GPL-2.0-only
#
# Constants of one name that functions have in common: switch tables of gcc, all read
# by a changed function.

BEGIN {
	begin_file()
	for (i = 0; i < n; i++)
		constant("CSWTCH." i + changed_number(), 8, "\t.quad " i)
	function_begin("bench_changed", "global")
	for (i = 0; i < n; i++)
		print "\tmovq CSWTCH." i + changed_number() "(%rip),%rax"
	print "\tmovl $" changed_number() ",%eax"
	function_end("bench_changed")
	end_file()
}
