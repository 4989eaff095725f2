# SPDX-License-Identifier: GPL-2.0-only
#
# What __UNIQUE_ID() names: a number behind a common word, and no user.

BEGIN {
	begin_file()
	for (i = 0; i < n; i++) {
		name = "__UNIQUE_ID_word" i + changed_number()
		variable(name, 8, "local", ".data.unique." i, "\t.quad " i)
	}
	changed_function()
	end_file()
}
