# SPDX-License-Identifier: GPL-2.0-only
#
# One function with many alternatives: all replacements are in one section.

BEGIN {
	begin_file()
	function_begin("fn", "global")
	for (i = 0; i < n; i++)
		alternative()
	function_end("fn")
	changed_function()
	end_file()
}
