# SPDX-License-Identifier: GPL-2.0-only
#
# A changed function that reads a constant without a name of its own that leads to another one,
# twice, and so on.

BEGIN {
	begin_file()
	for (i = 0; i < n; i++) {
		next_one = i < n - 1 ? "CSWTCH." i + 1 : 0
		constant("CSWTCH." i, 16, "\t.quad " next_one "," next_one)
	}
	function_begin("bench_changed", "global")
	print "\tmovq CSWTCH.0(%rip),%rax\n\tmovl $" changed_number() ",%eax"
	function_end("bench_changed")
	end_file()
}
