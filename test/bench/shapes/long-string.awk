# SPDX-License-Identifier: GPL-2.0-only
#
# A changed function that refers many times to one string, which is as long as it is often used.

BEGIN {
	begin_file()
	print "\t.section .rodata.str1.1,\"aMS\",@progbits,1\n.Llong_string:"
	for (i = 0; i < n; i += 10)
		print "\t.ascii \"0123456789\""
	print "\t.byte 0"
	function_begin("bench_changed", "global")
	for (i = 0; i < n; i++)
		print "\tmovq $.Llong_string,%rdi"
	print "\tmovl $" changed_number() ",%eax"
	function_end("bench_changed")
	end_file()
}
