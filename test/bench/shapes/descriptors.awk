# SPDX-License-Identifier: GPL-2.0-only
#
# Functions with a pr_debug() each, whose number may be the line of a user.

BEGIN {
	begin_file()
	for (i = 0; i < n; i++) {
		function_begin("debug_" i, "global")
		print "\tmovq $descriptor." i ",%rdi\n\tcall bench_callee"
		function_end("debug_" i)
		section("__dyndbg", "aw")
		print "\t.balign 8\n\t.type descriptor." i ",@object\ndescriptor." i ":"
		print "\t.quad 0,0,0,0\n\t.long " changed_number() ",0\n\t.quad 0,0"
		print "\t.size descriptor." i ",.-descriptor." i
	}
	end_file()
}
