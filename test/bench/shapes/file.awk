# SPDX-License-Identifier: GPL-2.0-only
#
# A file of the kernel, larger and larger: n section headers in the proportions of
# kernel/sched/core.c in Linux 6.1. A unit of it has 20 headers.

function code(u, f, name) {
	name = "fn_" u "_" f
	if (f == 4 && u % 4 == 0)
		name = "helper.constprop." u
	if (f == 3 && u % 4 == 0)
		name = "fn_" u "_3.isra.0"
	function_begin(name, f < 3 ? "global" : "local")
	print "\tpushq %rbx"
	if (f % 2 == 0)
		string("function " u " of " f ": %d\\n")
	print "\tmovq ptr_" u "_" f % 3 "(%rip),%rbx\n\tcall ext_" (u * 5 + f) % 997
	if (f)
		print "\tcall fn_" u "_0\n\tincl state_" u "(%rip)"
	if (f == 0) {
		print "\tincl count." u "(%rip)\n\tmovq $__func__." u ",%rsi"
		bug(u % 60000)
	}
	if (f == 1)
		static_branch("key_" u % 7)
	if (f == 2 && u % 2)
		alternative()
	if (f == 3 && u % 3 == 0)
		locked("state_" u)
	print "\tmovl $" u + f ",%eax\n\tpopq %rbx"
	function_end(name)
	debug_function(name)
	if (f == 1 && u % 8 == 0) {
		print "\t.section .text.unlikely." name ",\"ax\",@progbits"
		print "\t.type " name ".cold,@function\n" name ".cold:\n\tcall panic\n\tint3"
		print "\t.size " name ".cold,.-" name ".cold"
	}
}

function data(u, d) {
	variable("ptr_" u "_" d, 16, d ? "local" : "global", "",
		 "\t.quad fn_" u "_" d ",ext_" u % 997)
}

function unit(u, i) {
	for (i = 0; i < 5; i++)
		code(u, i)
	for (i = 0; i < 3; i++)
		data(u, i)
	variable("state_" u, 64, "local")
	debug_struct("state" u, "state_" u, 8)
	variable("count." u, 8, "local")
	variable("__already_done." u, 1, "local", ".data.once", "\t.byte 0")
	constant("__func__." u, 8, "\t.string \"fn_" u % 10 "_0\"\n\t.balign 8")
}

BEGIN {
	begin_file()
	for (u = 0; u < 7; u++)
		variable("key_" u, 16, "global", "", "\t.quad 1,0")
	for (u = 0; u < n / 20; u++)
		unit(u)
	changed_function()
	end_file()
}
