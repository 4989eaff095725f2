# SPDX-License-Identifier: GPL-2.0-only
#
# Static locals of one name, all of them used by one function.

BEGIN {
	begin_file()
	for (i = 0; i < n; i++)
		variable("x." i, 8, "local")
	function_begin("fn", "global")
	for (i = 0; i < n; i++)
		print "\tincl x." i "(%rip)"
	function_end("fn")
	changed_function()
	end_file()
}
