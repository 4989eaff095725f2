# SPDX-License-Identifier: GPL-2.0-only
#
# Labels without type in one table, and a changed function that refers to each of them.

BEGIN {
	begin_file()
	print "\t.section .data.table,\"aw\",@progbits"
	for (i = 0; i < n; i++)
		print "\t.globl label_" i "\nlabel_" i ":\n\t.quad ext_" i % 7
	function_begin("bench_changed", "global")
	for (i = 0; i < n; i++)
		print "\tmovq label_" i "(%rip),%rax"
	print "\tmovl $" changed_number() ",%eax"
	function_end("bench_changed")
	end_file()
}
