# SPDX-License-Identifier: GPL-2.0-only
#
# What owner.mk prints for all directories, as lines "KIND SOURCE OWNER..." (steps/index.bash):
#
#   awk -v made=MADE -v includers=INCLUDERS -v outside=OUTSIDE -v nested=NESTED -f units.awk FILES OWNERS
#
# FILES lists the files of the tree. MADE gets the sources that it does not have, INCLUDERS lines
# of the index for programs that run during the build: what they print may end in any unit of
# their directory. OUTSIDE gets the objects that are made by the Makefile of another directory,
# and how that one calls them. NESTED gets directories that kbuild comes to from the same one as to a
# directory that they are in.

FILENAME == ARGV[1] {
	exists[$0] = 1
	next
}

# a/b/../c.o → a/c.o
function plain(path) {
	sub(/^\.\//, "", path)
	while (sub(/[^\/]+\/\.\.\//, "", path)) ;
	gsub(/\/\.\//, "/", path)
	return path
}

$1 == "subdir" {
	from[plain($2)] = from[plain($2)] " " $3
	next
}

$1 == "host" {
	path = plain($2)
	dir = path
	sub(/[^\/]*$/, "", dir)
	if (exists[path ".c"] && !told[path]++)
		print "=" path ".c " dir >includers
}

($1 == "builtin" || $1 == "module") && $2 ~ /\.o$/ {
	object = plain($2)
	# the same with other names in it (arch/x86/boot/startup)
	if (object ~ /\.pi\.o$/ && exists[substr(object, 1, length(object) - 5) ".c"])
		object = substr(object, 1, length(object) - 5) ".o"
	owner = $1 == "builtin" ? "vmlinux" : plain($3)
	# a composite object is named beside its parts
	if ($1 == "module" && NF < 3)
		next
	if (told[object, owner]++)
		next
	owners[object] = owners[object] " " owner
	if ($2 !~ /\/\.\.\//)
		inside[object] = 1
	else if (!(object in called))
		called[object] = $2
}

function same_word(one, other,    words, i, n) {
	n = split(one, words, " ")
	for (i = 1; i <= n; i++)
		if (index(other " ", " " words[i] " "))
			return 1
	return 0
}

END {
	for (object in called)
		if (!(object in inside))
			print object, called[object] >outside
	for (dir in from)
		for (outer = dir; sub(/\/[^\/]*$/, "", outer); )
			if (same_word(from[dir], from[outer])) {
				print dir >nested
				break
			}
	for (object in owners) {
		stem = substr(object, 1, length(object) - 2)
		# rust/ itself: of sources in directories below it, or of what is made of these, but for
		# the C that Rust calls (until Linux 6.11)
		if ((stem ~ /^rust\/[^\/]+$/ && stem != "rust/helpers") || exists[stem ".rs"])
			print "rust " stem ".rs" owners[object]
		else if (exists[stem ".c"])
			print "c " stem ".c" owners[object]
		else if (exists[stem ".S"])
			print "asm " stem ".S" owners[object]
		else {
			print "made " stem ".c" owners[object]
			print stem ".c" >made
		}
	}
}
