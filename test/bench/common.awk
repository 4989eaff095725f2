# SPDX-License-Identifier: GPL-2.0-only
#
# What the shapes are written with: assembly of a file as the kernel's compiler leaves it,
# each function and variable in a section of its own.
#
# variables of the command line:
#   n     how many items of the shape's kind
#   side  "orig" or "patched"

# The file's own name, which the parent's symbols are found by.
function begin_file() {
	print "\t.file \"bench.c\""
	debug_begin()
}

# A number that differs between the two sides: whatever holds it has changed.
function changed_number() {
	return side == "patched" ? 2 : 1
}

function section(name, flags, type) {
	printf "\t.section %s,\"%s\",@%s\n", name, flags, type ? type : "progbits"
}

# function_begin NAME [BINDING [SECTION]]: up to the call of the tracer, and with it
function function_begin(name, binding, where) {
	section(where ? where : ".text." name, "ax")
	if (binding == "global")
		print "\t.globl " name
	print "\t.type " name ",@function\n" name ":"
	print "0:\tcall __fentry__"
	table("__mcount_loc", "a", "\t.quad 0b")
}

function function_end(name) {
	print "\tjmp __x86_return_thunk\n\tint3\n\t.size " name ",.-" name
}

# table NAME FLAGS TEXT: an entry of one of the kernel's tables
function table(name, flags, text) {
	printf "\t.pushsection %s,\"%s\",@progbits\n%s\n\t.popsection\n", name, flags, text
}

function bug(line) {
	print "1:\tud2"
	table("__bug_table", "aw", "\t.long 1b-.,.Lfile-.\n\t.word " line ",2305")
}

# struct jump_entry: the branch, its target, the key; 16 bytes
function static_branch(key) {
	print "1:\t.byte 0x0f,0x1f,0x44,0x00,0x00\n2:"
	table("__jump_table", "aw", "\t.balign 8\n\t.long 1b-.,2b-.\n\t.quad " key "-.")
}

# struct alt_instr of Linux 6.1: place, replacement, flags, lengths; 12 bytes
function alternative() {
	print "1:\tcall bench_slow"
	table(".altinstr_replacement", "ax", "2:\tcall bench_fast")
	table(".altinstructions", "a", "\t.long 1b-.,2b-.\n\t.word 7\n\t.byte 5,5")
}

function locked(place) {
	print "1:\tlock incl " place "(%rip)"
	table(".smp_locks", "a", "\t.balign 4\n\t.long 1b-.")
}

# string TEXT: loads its address
function string(text) {
	printf "\t.pushsection .rodata.str1.1,\"aMS\",@progbits,1\n3:\t.string \"%s\"\n", text
	print "\t.popsection\n\tmovq $3b,%rdi"
}

# variable NAME SIZE [BINDING [SECTION [CONTENTS]]]: in .bss without contents
function variable(name, size, binding, where, contents) {
	if (!where)
		where = (contents ? ".data." : ".bss.") name
	section(where, "aw", contents ? "progbits" : "nobits")
	put_object(name, size, binding, contents)
}

function constant(name, size, contents) {
	section(".rodata." name, "a")
	put_object(name, size, "local", contents)
}

function put_object(name, size, binding, contents) {
	if (binding == "global")
		print "\t.globl " name
	print "\t.balign " (size < 8 ? size : 8) "\n\t.type " name ",@object"
	print "\t.size " name "," size "\n" name ":"
	print contents ? contents : "\t.zero " size
}

# What every file has: a function of its own that can change.
function changed_function() {
	function_begin("bench_changed", "global")
	print "\tmovl $" changed_number() ",%eax"
	function_end("bench_changed")
}

# The file's name, as bug tables refer to it.
function end_file() {
	print "\t.section .rodata.str1.1,\"aMS\",@progbits,1"
	print ".Lfile:\t.string \"bench.c\""
	debug_end()
}
