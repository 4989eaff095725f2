# SPDX-License-Identifier: GPL-2.0-only
#
# A changed function that calls many functions of other files.

BEGIN {
	begin_file()
	function_begin("bench_changed", "global")
	for (i = 0; i < n; i++)
		print "\tcall ext_" i
	print "\tmovl $" changed_number() ",%eax"
	function_end("bench_changed")
	end_file()
}
