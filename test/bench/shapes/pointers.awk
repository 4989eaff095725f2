# SPDX-License-Identifier: GPL-2.0-only
#
# One large table of pointers to functions and strings, and a changed reader of it.

BEGIN {
	begin_file()
	for (i = 0; i < n; i++) {
		function_begin("fn_" i, "local")
		print "\tmovl $" i ",%eax"
		function_end("fn_" i)
	}
	print "\t.section .rodata.str1.1,\"aMS\",@progbits,1"
	for (i = 0; i < n; i++)
		print ".Ltext" i ":\t.string \"text " i "\""
	print "\t.section .data.rel.ro.table,\"aw\",@progbits\n\t.type table,@object"
	print "\t.size table," 16 * n "\ntable:"
	for (i = 0; i < n; i++)
		print "\t.quad fn_" i ",.Ltext" i
	function_begin("bench_changed", "global")
	print "\tmovl $" changed_number() ",%eax\n\tmovq table(%rip),%rax"
	function_end("bench_changed")
	end_file()
}
