# SPDX-License-Identifier: GPL-2.0-only
#
# A changed function with many static branches.

BEGIN {
	begin_file()
	variable("key", 16, "global", "", "\t.quad 1,0")
	function_begin("bench_changed", "global")
	for (i = 0; i < n; i++)
		static_branch("key")
	print "\tmovl $" changed_number() ",%eax"
	function_end("bench_changed")
	end_file()
}
