# SPDX-License-Identifier: GPL-2.0-only
#
# Debug information (DWARF 4) for a file: the unit, without which an object is refused; its
# structures, variables and functions only with -v debug=1.

function push_debug(name) {
	printf "\t.pushsection %s,\"\",@progbits\n", name
}

function debug_section(name) {
	if (debug)
		push_debug(name)
	return debug
}

# abbreviation NUMBER TAG CHILDREN ATTRIBUTES: numbers as in chapter 7 of the DWARF 4 standard
function abbreviation(number, tag, children, attributes) {
	print "\t.uleb128 " number "," tag "\n\t.byte " children "\n\t.uleb128 " attributes ",0,0"
}

function debug_begin() {
	push_debug(".debug_abbrev")
	print ".Labbrev:"
	abbreviation(1, "0x11", 1, "0x03,0x08")				# unit: name
	abbreviation(2, "0x13", 1, "0x03,0x08,0x0b,0x0b,0x3a,0x0b")	# structure: name, size, file
	abbreviation(3, "0x0d", 0, "0x03,0x08,0x49,0x13,0x38,0x0b")	# member: name, type, place
	abbreviation(4, "0x24", 0, "0x03,0x08,0x0b,0x0b,0x3e,0x0b")	# base type: name, size, kind
	abbreviation(5, "0x2e", 0, "0x03,0x08,0x3a,0x0b,0x11,0x01")	# function: name, file, address
	abbreviation(6, "0x34", 0, "0x03,0x08,0x3a,0x0b,0x49,0x13")	# variable: name, file, type
	abbreviation(7, "0x13", 1, "0x0b,0x0b,0x3a,0x0b")		# no name: size, file
	print "\t.byte 0\n\t.popsection"
	push_debug(".debug_info")
	print ".Linfo:\n\t.long .Linfo_end-.-4\n\t.word 4\n\t.long .Labbrev\n\t.byte 8"
	print "\t.byte 1\n\t.string \"bench.c\""
	print ".Llong:\t.byte 4\n\t.string \"long int\"\n\t.byte 8,5\n\t.popsection"
}

# The structure without a name NUMBER, with eight members of the type at LABEL.
function debug_nameless(number, label, i) {
	if (!debug_section(".debug_info"))
		return
	print ".Lnameless_" number ":\t.byte 7,1,1"
	for (i = 0; i < 8; i++)
		print "\t.byte 3\n\t.string \"member_" i "\"\n\t.long " label "-.Linfo\n\t.byte " i
	print "\t.byte 0\n\t.popsection"
}

# A structure of SIZE longs, and a variable of its type.
function debug_struct(name, object, size, i) {
	if (!debug_section(".debug_info"))
		return
	print ".Ltype_" name ":\t.byte 2\n\t.string \"" name "\"\n\t.byte " size * 8 ",1"
	for (i = 0; i < size; i++)
		print "\t.byte 3\n\t.string \"member_" i "\"\n\t.long .Llong-.Linfo\n\t.byte " i * 8
	print "\t.byte 0\n\t.popsection"
	debug_variable(object, ".Ltype_" name)
}

function debug_variable(name, label) {
	if (debug_section(".debug_info"))
		print "\t.byte 6\n\t.string \"" name "\"\n\t.byte 1\n\t.long " label "-.Linfo\n\t.popsection"
}

function debug_function(name) {
	if (debug_section(".debug_info"))
		print "\t.byte 5\n\t.string \"" name "\"\n\t.byte 1\n\t.quad " name "\n\t.popsection"
}

function debug_end() {
	push_debug(".debug_info")
	print "\t.byte 0\n.Linfo_end:\n\t.popsection"
}
