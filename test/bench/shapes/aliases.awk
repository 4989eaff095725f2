# SPDX-License-Identifier: GPL-2.0-only
#
# Many names of one changed function.

BEGIN {
	begin_file()
	changed_function()
	for (i = 0; i < n; i++)
		print "\t.globl alias_" i "\n\t.set alias_" i ",bench_changed"
	end_file()
}
