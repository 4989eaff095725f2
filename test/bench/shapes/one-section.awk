# SPDX-License-Identifier: GPL-2.0-only
#
# Functions that share one section (a __section() of the source), each with jumps to others.

BEGIN {
	begin_file()
	for (i = 0; i < n; i++) {
		function_begin("fn_" i, "local", ".text.shared")
		if (i)
			print "\tcall fn_" i - 1 "\n\tcall fn_" int(i / 2)
		function_end("fn_" i)
	}
	changed_function()
	end_file()
}
