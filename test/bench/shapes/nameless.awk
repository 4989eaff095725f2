# SPDX-License-Identifier: GPL-2.0-only
#
# Data that no symbol covers, each in a section of its own, of one name or of many.

BEGIN {
	begin_file()
	for (i = 0; i < n; i++) {
		name = i % 2 ? ".data.nameless." i : ".data.nameless,\"aw\",@progbits,unique," i
		print "\t.section " name (i % 2 ? ",\"aw\",@progbits" : "")
		print "\t.quad " i
	}
	changed_function()
	end_file()
}
