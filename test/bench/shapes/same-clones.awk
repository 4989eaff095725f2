# SPDX-License-Identifier: GPL-2.0-only
#
# Numbered clones of one function that have the same code.

BEGIN {
	begin_file()
	for (i = 0; i < n; i++) {
		name = "fn.constprop." i
		function_begin(name, "local")
		function_end(name)
	}
	changed_function()
	end_file()
}
