# SPDX-License-Identifier: GPL-2.0-only
#
# Who could see a change, by name alone:
#
#   awk -f reach.awk CHANGED UNITS INCLUDERS...
#
# CHANGED lists the changed files, UNITS and INCLUDERS are the index's (steps/index.bash) and
# more of its kind. Prints
#
#   unit KIND SOURCE OWNER...    a unit of the kernel that could see it
#   other FILE                   a source file that could, and is no unit
#   alone FILE                   a changed file that is no unit, and that nobody includes

FILENAME == ARGV[1] {
	changed[$1] = 1
	next
}

FILENAME == ARGV[2] {
	unit[$2] = $0
	next
}

{
	if ($1 in includers)
		includers[$1] = includers[$1] substr($0, length($1) + 1)
	else
		includers[$1] = substr($0, length($1) + 2)
}

function reach_name(name,    n, files, i) {
	if (!(name in includers) || asked[name]++)
		return
	n = split(includers[name], files, " ")
	for (i = 1; i <= n; i++)
		if (!reached[files[i]]++)
			queue[++last] = files[i]
	found = 1
}

function reach_dir(dir,    source) {
	for (source in unit)
		if ((dir == "/" || index(source, dir) == 1) && !reached[source]++)
			queue[++last] = source
}

END {
	for (file in changed)
		if (!reached[file]++)
			queue[++last] = file
	for (next_one = 1; next_one <= last; next_one++) {
		file = queue[next_one]
		if (file ~ /\/$/) {
			reach_dir(file)
			continue
		}
		found = 0
		reach_name("=" file)
		for (name = file; ; sub(/^[^\/]*\//, "", name)) {
			reach_name(name)
			if (name !~ /\//)
				break
		}
		if (file in unit)
			print "unit " unit[file]
		else if (file ~ /\.[cS]$/)
			print "other " file
		if ((file in changed) && !found && !(file in unit))
			print "alone " file
	}
}
