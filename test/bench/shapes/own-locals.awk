# SPDX-License-Identifier: GPL-2.0-only
#
# A changed function that calls many local functions of its own file, which stay where they are.

BEGIN {
	begin_file()
	for (i = 0; i < n; i++) {
		function_begin("fn_" i, "local")
		function_end("fn_" i)
	}
	function_begin("bench_changed", "global")
	for (i = 0; i < n; i++)
		print "\tcall fn_" i
	print "\tmovl $" changed_number() ",%eax"
	function_end("bench_changed")
	end_file()
}
