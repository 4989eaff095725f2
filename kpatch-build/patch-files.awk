# SPDX-License-Identifier: GPL-2.0-only
#
# Reads one patch (a unified diff, with or without git's headers) and prints what it is
# about, tab-separated:
#
#   file KIND PATH     KIND: change, new, gone, rename (PATH is the old one), binary, link
#   file copy PATH     PATH (the old one) is copied
#   file combined -    a diff of a merge with all its parents, which nothing can apply
#   file encoded HOW   a mail whose text is not the patch yet
#   file truncated -   the text ends in a hunk, or a file is named and no hunk follows
#   cve CVE-NUMBER     named in the text before the first file
#
# The first component of a path is dropped, as patch -p1 does. With -v keep=LIST (paths
# separated by newlines) it prints the patch again, the parts about those files only.
#
# Lines of a hunk are counted: a removed line that reads "-- a/x" is not a header. Nor are git's own lines where
# no "diff --git" stands before them: the text of a mail may begin a line with any words.

BEGIN {
	keeping = keep != ""
	n = split(keep, paths, "\n")
	for (i = 1; i <= n; i++)
		kept[paths[i]] = 1
}

# A name in quotation marks, as git writes one that has other than ASCII (core.quotePath). A tab, the end of a
# line and the like in it stay as they are written: no file is found by that.
function unquoted(path,    name) {
	if (path !~ /^".*"$/)
		return path
	path = substr(path, 2, length(path) - 2)
	name = ""
	while (match(path, /\\([1-7][0-7][0-7]|0[4-7][0-7]|["\\])/)) {
		name = name substr(path, 1, RSTART - 1)
		if (RLENGTH == 2)
			name = name substr(path, RSTART + 1, 1)
		else
			name = name sprintf("%c", 64 * substr(path, RSTART + 1, 1) + 8 * substr(path, RSTART + 2, 1) + substr(path, RSTART + 3, 1))
		path = substr(path, RSTART + RLENGTH)
	}
	return name path
}

# Without /dev/null, diff -N gives a file that is not there the date of the epoch, in whatever time
# zone; patch(1) goes by that too.
function strip(path) {
	if (path ~ /\t(1970-01-01|1969-12-31) /)
		return ""
	sub(/\t.*$/, "", path)
	sub(/\r$/, "", path)
	path = unquoted(path)
	if (path == "/dev/null")
		return ""
	# An absolute path or one without a first component is told as it is.
	if (path ~ /^\// || path !~ /\//)
		return path
	sub(/^[^\/]+\/+/, "", path)
	return path
}

function say(kind, path) {
	if (!keeping && path != "" && !told[kind, path]++)
		print "file\t" kind "\t" path
}

function flush_header() {
	if (keeping && printing)
		printf "%s", header
	header = ""
}

tolower($0) ~ /^content-transfer-encoding: *(quoted-printable|base64)/ && !in_files {
	encoding = tolower($2)
	sub(/;.*/, "", encoding)
}

encoding == "quoted-printable" && /=3D/ { encoded = 1 }

hunk_old > 0 || hunk_new > 0 {
	first = substr($0, 1, 1)
	if (first == "-")
		hunk_old--
	else if (first == "+")
		hunk_new--
	else if (first != "\\") {
		hunk_old--
		hunk_new--
	}
	if (printing)
		print
	next
}

/^\\ / {
	if (printing)
		print
	next
}

/^diff / || /^Index: / {
	in_files = 1
	printing = 0
}

/^diff --git / {
	in_git_header = 1
	git_path = unquoted($NF)
	sub(/^[^\/]+\/+/, "", git_path)
}

in_git_header {
	if (/^new file mode 120000/ || /^index [0-9a-f.]+ 120000/)
		say("link", git_path)
	if (/^rename from /)
		say("rename", unquoted(substr($0, index($0, $3))))
	if (/^rename to /)
		renamed[unquoted(substr($0, index($0, $3)))] = 1
	if (/^copy from /)
		say("copy", unquoted(substr($0, index($0, $3))))
}

/^index [0-9a-f]+(,[0-9a-f]+)+\.\.[0-9a-f]/ && merge {
	say("combined", "-")
	combined = 1
}
{ merge = /^diff --(cc|combined) / }

/^(GIT binary patch|Binary files )/ { say("binary", git_path) }

/^--- / {
	in_git_header = 0
	old = strip(substr($0, 5))
	old_line = $0
	next
}

/^\+\+\+ / && old_line != "" {
	new = strip(substr($0, 5))
	in_files = 1
	if (old == "")
		say("new", new)
	else if (new == "")
		say("gone", old)
	else if (!(new in renamed))
		say("change", new)
	hunk_wanted = 1
	printing = keeping && (new in kept)
	if (printing) {
		print old_line
		print
	}
	old_line = ""
	next
}

/^@@ -[0-9]+(,[0-9]+)? \+[0-9]+(,[0-9]+)? @@/ {
	split($2, a, ",")
	split($3, b, ",")
	hunk_old = a[2] == "" ? 1 : a[2]
	hunk_new = b[2] == "" ? 1 : b[2]
	hunk_wanted = 0
	if (printing)
		print
	next
}

!in_files && !keeping {
	text = $0
	while (match(text, /CVE-[0-9][0-9][0-9][0-9]-[0-9][0-9][0-9][0-9]+/)) {
		cve = substr(text, RSTART, RLENGTH)
		if (!told["cve", cve]++)
			print "cve\t" cve
		text = substr(text, RSTART + RLENGTH)
	}
}

{ old_line = "" }

END {
	if (encoded || (encoding == "base64" && !in_files))
		say("encoded", encoding)
	else if ((hunk_old > 0 || hunk_new > 0 || hunk_wanted) && !keeping && !combined)
		print "file\ttruncated\t-"
}
