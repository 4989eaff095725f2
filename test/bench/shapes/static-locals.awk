# SPDX-License-Identifier: GPL-2.0-only
#
# Static locals of one name, each used by one function of its own. The patched file has one
# in front of them, so that all numbers are other ones.

BEGIN {
	begin_file()
	for (i = 0; i < n; i++) {
		number = i + 10 + changed_number()
		variable("x." number, 8, "local")
		function_begin("fn_" i, "global")
		print "\tincl x." number "(%rip)"
		function_end("fn_" i)
	}
	changed_function()
	end_file()
}
