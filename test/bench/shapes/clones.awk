# SPDX-License-Identifier: GPL-2.0-only
#
# Numbered clones of one function, which pair by code. All have other numbers in the patched file.

BEGIN {
	begin_file()
	for (i = 0; i < n; i++) {
		name = "fn.constprop." i + changed_number()
		function_begin(name, "local")
		print "\tmovl $" i ",%eax"
		function_end(name)
	}
	changed_function()
	end_file()
}
