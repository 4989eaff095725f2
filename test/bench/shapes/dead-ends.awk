# SPDX-License-Identifier: GPL-2.0-only
#
# A changed function with many calls of a long local one, which stays where it is. Whether that
# one returns is known only at its end.

BEGIN {
	begin_file()
	function_begin("long", "local")
	for (i = 0; i < n; i++)
		print "\tincl %ecx"
	function_end("long")
	function_begin("bench_changed", "global")
	for (i = 0; i < n; i++)
		print "\tcall long"
	print "\tmovl $" changed_number() ",%eax"
	function_end("bench_changed")
	end_file()
}
