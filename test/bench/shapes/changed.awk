# SPDX-License-Identifier: GPL-2.0-only
#
# Functions that all changed, and a new function, variable and string for each.

function added(i) {
	variable("new_variable_" i, 8, "local")
	function_begin("new_" i, "local")
	print "\tincl new_variable_" i "(%rip)"
	function_end("new_" i)
}

BEGIN {
	begin_file()
	for (i = 0; i < n; i++) {
		if (side == "patched")
			added(i)
		function_begin("fn_" i, i % 2 ? "global" : "local")
		string("changed " i)
		if (side == "patched")
			print "\tcall new_" i
		function_end("fn_" i)
	}
	end_file()
}
