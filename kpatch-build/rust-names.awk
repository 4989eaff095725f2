# SPDX-License-Identifier: GPL-2.0-only
#
# The names that code in Rust mentions, from its sources, one a line, in no order. A macro can paste a
# name together ([< ... >], concat_idents!, format_ident!): that is a line with a star for each part
# that is not said, which can be any name, in small letters or capitals. Where the macros of a file are
# used nowhere else, it can only be a name of this file: the line, and one for each name of the file,
# then begins with NUMBER:, another number for each file.
#
# With -v comments=1, examples in comments are compiled, too.

function add(word) {
	if (last[word] != FILENAME) {
		last[word] = FILENAME
		files[word]++
		here[++n] = word
	}
}

function is_pattern(name) {
	return name ~ /[*]/ && name !~ /[^A-Za-z0-9_*]/
}

# of: the parts, separated by spaces; $x and #x are not said
function paste(of,    parts, i, k, name) {
	gsub(/:[a-z_]+/, ":", of)
	gsub(/[$#] */, " $", of)
	gsub(/"/, " ", of)
	k = split(of, parts, " ")
	for (i = 1; i <= k; i++)
		name = name (parts[i] ~ /^[$]|:$/ ? "*" : parts[i])
	if (is_pattern(name) && index(pasted[FILENAME], " " name " ") == 0)
		pasted[FILENAME] = pasted[FILENAME] " " name " "
}

# By a program, which is for code of any file. Of those that paste what they are given, the users count.
function format(text) {
	gsub(/[{][^}]*[}]/, "*", text)
	if (is_pattern(text) && FILENAME !~ /\/(concat_idents|paste)\.rs$/)
		print text
}

function end_of_file(    i) {
	if (file in pasted)
		for (i = 1; i <= n; i++)
			names[file] = names[file] here[i] " "
	n = 0
}

# Has this file macros, and is none of them known elsewhere?
function is_local(file,    list, i) {
	if (!(file in macros))
		return 0
	for (i = split(macros[file], list, " "); i > 0; i--)
		if (files[list[i]] > 1)
			return 0
	return 1
}

FILENAME != file {
	end_of_file()
	file = FILENAME
	open = ""
}

/^[ \t]*\/\// && !comments { next }

{
	text = $0
	if (match(text, /macro_rules![ \t]+[A-Za-z0-9_]+/)) {
		word = substr(text, RSTART, RLENGTH)
		sub(/.*[ \t]/, "", word)
		macros[file] = macros[file] word " "
	}
	while (match(text, /[A-Za-z0-9_]+/)) {
		add(substr(text, RSTART, RLENGTH))
		text = substr(text, RSTART + RLENGTH)
	}
	# What is pasted can go on in the next lines.
	text = open $0
	open = ""
	while (match(text, /\[<|concat_idents! *[({]|format_ident! *[({]|Ident::new *\(/)) {
		start = substr(text, RSTART, RLENGTH)
		text = substr(text, RSTART + RLENGTH)
		if (start == "[<" && match(text, /^[^]>]*>\]/)) {
			paste(substr(text, 1, RLENGTH - 2))
		} else if (start ~ /^concat/ && match(text, /^[^,)}]*,[^)}]*[)}]/)) {
			word = substr(text, 1, RLENGTH - 1)
			gsub(/,/, " ", word)
			paste(word)
		} else if (start ~ /^(format|Ident)/ && match(text, /^[^"]*"[^"]*"/)) {
			word = substr(text, 1, RLENGTH - 1)
			sub(/.*"/, "", word)
			format(word)
		} else if (text !~ /[\])}]/ && length(text) < 400) {
			open = start text " "
			break
		}
	}
}

END {
	end_of_file()
	for (file in pasted) {
		group = is_local(file) ? ++groups ":" : ""
		for (i = split(pasted[file], list, " "); i > 0; i--)
			print group list[i]
		for (i = split(names[file], list, " "); i > 0 && group; i--)
			print group list[i]
	}
	for (word in files)
		print word
}
