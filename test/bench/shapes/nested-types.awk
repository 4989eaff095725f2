# SPDX-License-Identifier: GPL-2.0-only
#
# Structures without a name, each with eight members whose type is the next one, and a variable
# of each.

BEGIN {
	debug = 1
	begin_file()
	debug_nameless(0, ".Llong")
	for (i = 1; i < n; i++)
		debug_nameless(i, ".Lnameless_" (i % 100 ? i - 1 : 0))
	for (i = 0; i < n; i++)
		debug_variable("x_" i, ".Lnameless_" i)
	changed_function()
	end_file()
}
