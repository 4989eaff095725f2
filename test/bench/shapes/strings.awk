# SPDX-License-Identifier: GPL-2.0-only
#
# A changed function that uses many strings, half of them not in the original.

BEGIN {
	begin_file()
	function_begin("bench_changed", "global")
	for (i = 0; i < n; i++)
		string("string " i " " (i % 2 ? side : ""))
	function_end("bench_changed")
	end_file()
}
