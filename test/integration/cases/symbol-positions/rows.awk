# SPDX-License-Identifier: GPL-2.0-only
#
# The lines of test/lib/positions become assembly: for each symbol whose name is not unique a
# record that binds it by name and position, and a row of the table that check.c reads.
#
# -v object=NAME: vmlinux, or the name of the module.
#
# Distances are from a symbol whose name is unique: in a module one of the same section, in
# vmlinux _text. The kernel does not move the per-CPU symbols of vmlinux, which have small
# addresses; for them it is the distance from 0.

BEGIN { FS = "\t" }

{
	line[NR] = $0
	if ($2 != 0)
		next
	if (object != "vmlinux" && !($4 in base) && $4 != "-")
		base[$4] = $1 FS $3
	else if ($1 == "_text")
		text = $1 FS $3
}

# objtool of Linux 7.2 looks for the function that NAME.cold belongs to.
function symbol(name, position) {
	gsub(/\.cold/, "-cold", name)
	return "\"" name ".kpatch." object "." object "." position "\""
}

# bind NAME POSITION: a struct kpatch_bind_record, once.
function bind(name, position) {
	if ((name, position) in bound)
		return
	bound[name, position] = 1
	if (!(name in named)) {
		named[name] = ++names_used
		printf "\t.pushsection .kpatch.strings, \"a\", @progbits\n"
		printf ".Lname%d:\t.asciz \"%s\"\n\t.popsection\n", named[name], name
	}
	printf "\t.pushsection .kpatch.bind, \"\", @progbits\n"
	printf "\t.quad %s, .Lname%d, .Lobject, .Lobject, %d\n\t.popsection\n", \
		symbol(name, position), named[name], position
}

function row(name, position, address, section,	from) {
	split(object != "vmlinux" ? base[section] : address < "8" ? "" : text, from, FS)
	if (object != "vmlinux" && !from[1])
		return
	bind(name, position)
	if (from[1])
		bind(from[1], 0)
	printf "\t.quad %s, %s, 0x%s - 0x%s, .Lname%d, %d\n", symbol(name, position), \
		from[1] ? symbol(from[1], 0) : 0, address, from[1] ? from[2] : 0, \
		named[name], position
}

END {
	printf "\t.section .kpatch.strings, \"a\", @progbits\n.Lobject:\t.asciz \"%s\"\n", object
	printf "\t.section .kpatch.callbacks.pre_patch, \"a\", @progbits\n\t.balign 8\n"
	printf "\t.quad check_positions, .Lobject\n"
	printf "\t.section .kpatch.bind, \"\", @progbits\n\t.balign 8\n"
	printf "\t.data\n\t.balign 8\n\t.globl positions_begin, positions_end\npositions_begin:\n"
	for (i = 1; i <= NR; i++) {
		split(line[i], f, FS)
		if (f[2] > 0)
			row(f[1], f[2], f[3], f[4])
	}
	printf "positions_end:\n\t.section .note.GNU-stack, \"\", @progbits\n"
}
