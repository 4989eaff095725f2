# SPDX-License-Identifier: GPL-2.0-only
#
# What owner.mk prints for all directories, as lines "KIND SOURCE OWNER..." (steps/index.bash):
#
#   awk -v made=MADE -v includers=INCLUDERS -f units.awk FILES OWNERS
#
# FILES lists the files of the tree. MADE gets the sources that it does not have, INCLUDERS lines
# of the index for programs that run during the build: what they print may end in any unit of
# their directory.

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

$1 == "host" {
	path = plain($2)
	dir = path
	sub(/[^\/]*$/, "", dir)
	if (exists[path ".c"] && !told[path]++)
		print "=" path ".c " dir >includers
}

($1 == "builtin" || $1 == "module") && $2 ~ /\.o$/ {
	object = plain($2)
	owner = $1 == "builtin" ? "vmlinux" : plain($3)
	# a composite object is named beside its parts
	if ($1 == "module" && NF < 3)
		next
	if (told[object, owner]++)
		next
	owners[object] = owners[object] " " owner
}

END {
	for (object in owners) {
		stem = substr(object, 1, length(object) - 2)
		if (exists[stem ".c"])
			print "c " stem ".c" owners[object]
		else if (exists[stem ".S"])
			print "asm " stem ".S" owners[object]
		else {
			print "made " stem ".c" owners[object]
			print stem ".c" >made
		}
	}
}
