# SPDX-License-Identifier: GPL-2.0-only
#
# Who includes whom, by name alone: conditions are not looked at, so that nobody is missed. Reads
#
#   file<tab>PATH           a file of the tree; these come first
#   link<tab>LINK FILE      who reads the link, reads the file
#   FILE:#include "NAME"    as grep prints it; likewise <NAME>, and #define MACRO "NAME"
#   FILE:#define TRACE_INCLUDE_FILE NAME
#   make<tab>MAKEFILE:LINE  a line of a Makefile with the name of a header in it, or a rule by which an
#                           object is made from a source of another directory
#
# and prints lines "NAME FILE..." (steps/index.bash). Other macros in #include do not occur in
# the kernel's own code.

BEGIN {
	FS = "\t"
}

$1 == "file" {
	exists[$2] = 1
	next
}

$1 == "link" {
	split($2, link, " ")
	edge("=" link[2], link[1])
	next
}

function plain(path) {
	gsub(/\/+/, "/", path)
	while (sub(/\/\.\//, "/", path)) ;
	sub(/^\.\//, "", path)
	while (sub(/[^\/]+\/\.\.\//, "", path)) ;
	return path
}

# What is left of a name when it is not known from where it is meant.
function tail(name) {
	name = plain(name)
	while (sub(/^\.\.?\//, "", name)) ;
	return name
}

function edge(name, file) {
	if (!told[name, file]++)
		includers[name] = includers[name] " " file
}

$1 == "make" {
	colon = index($2, ":")
	file = substr($2, 1, colon - 1)
	text = substr($2, colon + 1)
	dir = file
	sub(/[^\/]*$/, "", dir)
	if (match(text, /^[$][(]obj[)]\/[A-Za-z0-9_\/.-]+\.o[ \t]*:/)) {
		object = dir substr(text, 8, RLENGTH - 8)
		sub(/\.o[ \t]*$/, "", object)
		rest = substr(text, RLENGTH + 1)
		if (match(rest, /^[ \t]*[$][(]srctree[)]\/[A-Za-z0-9_\/.-]+\.[cS]( |\t|$)/)) {
			source = substr(rest, 1, RLENGTH)
			gsub(/[ \t]|[$][(]srctree[)]\//, "", source)
			edge("=" source, object substr(source, length(source) - 1))
		}
	}
	# Those of all directories name what they make, too.
	if (dir == "" || dir ~ /^scripts\// || dir ~ /^(tools|Documentation)\//) {
		if (dir ~ /^(tools|Documentation)\// || text !~ /-include/)
			next
		dir = "/"
	}
	while (match(text, /[A-Za-z0-9_.-]+\.h/)) {
		edge(substr(text, RSTART, RLENGTH), dir)
		text = substr(text, RSTART + RLENGTH)
	}
	next
}

{
	colon = index($0, ":")
	file = substr($0, 1, colon - 1)
	text = substr($0, colon + 1)
	if (match(text, /["<][^">]*[">]/)) {
		name = substr(text, RSTART + 1, RLENGTH - 2)
		dir = file
		sub(/[^\/]*$/, "", dir)
		beside = plain(dir name)
		if (substr(text, RSTART, 1) == "\"" && exists[beside])
			edge("=" beside, file)
		else
			edge(tail(name), file)
	} else if (match(text, /TRACE_INCLUDE_FILE[ \t]+[A-Za-z0-9_-]+/)) {
		name = substr(text, RSTART, RLENGTH)
		sub(/^[^ \t]*[ \t]+/, "", name)
		edge(name ".h", file)
	}
}

END {
	for (name in includers)
		print name includers[name]
}
