# SPDX-License-Identifier: GPL-2.0-only
#
# exit status: 2
#
# Variables whose initial value changed: each is refused.

BEGIN {
	begin_file()
	for (i = 0; i < n; i++)
		variable("x_" i, 8, "global", "", "\t.quad " i + changed_number())
	changed_function()
	end_file()
}
