# SPDX-License-Identifier: GPL-2.0-only
#
# Functions that all changed, each with an unlikely part and a tail call of a new function.

function cold_part(name) {
	section(".text.unlikely." name, "ax")
	print "\t.type " name ".cold,@function\n" name ".cold:\n\tcall panic\n\tint3"
	print "\t.size " name ".cold,.-" name ".cold"
}

BEGIN {
	begin_file()
	for (i = 0; i < n; i++) {
		if (side == "patched") {
			function_begin("new_" i, "local")
			function_end("new_" i)
		}
		function_begin("fn_" i, "global")
		print "\tje fn_" i ".cold\n\tje " (side == "patched" ? "new_" : "old_") i
		function_end("fn_" i)
		cold_part("fn_" i)
	}
	end_file()
}
