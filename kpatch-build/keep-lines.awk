# SPDX-License-Identifier: GPL-2.0-only
#
# Keeps every unchanged line of a patched source on its original line number, so that
# __LINE__ and debug information of what was not patched stay the same:
#
#   diff ORIGINAL PATCHED | awk -f keep-lines.awk - PATCHED
#
# prints PATCHED with "#line N" after each change that moves the lines below it. That is
# done at the first safe place only: where the line above does not go on (backslash), and
# outside of comments, strings, and parentheses, since a directive among the arguments of
# a macro is undefined. A preprocessor line in between needs no care of its own: the next
# unchanged line gets the directive.

# The changes, in diff's normal form: 5a6,7  8d9  10,12c11
FILENAME == "-" || FILENAME == "/dev/stdin" {
	if (/^[0-9]/) {
		match($0, /[acd]/)
		kind = substr($0, RSTART, 1)
		split(substr($0, 1, RSTART - 1), from, ",")
		split(substr($0, RSTART + 1), to, ",")
		old_end = from[2] == "" ? from[1] : from[2]
		new_end = to[2] == "" ? to[1] : to[2]
		if (kind != "d")
			for (i = to[1]; i <= new_end; i++)
				changed[i] = 1
		# from here on, an unchanged line's original number is its own plus this
		shift_at[new_end + 1] = old_end - new_end
	}
	next
}

# The number of the line as the compiler counts it, after directives so far.
FNR == 1 {
	bias = 0
	wanted = 0
}

{
	if (FNR in shift_at)
		wanted = shift_at[FNR]
	if (bias != wanted && !changed[FNR] && safe()) {
		print "#line " (FNR + wanted)
		bias = wanted
	}
	print
	scan($0)
}

# A line that opens with "(" may be the arguments of a macro named on the line above.
function safe() {
	return !comment && !continued && depth == 0 && $0 !~ /^[ \t]*\(/
}

# Follows comments, literals and parentheses through one line.
function scan(line,    directive, token, quoted) {
	directive = in_directive || (!comment && !continued && line ~ /^[ \t]*#/)
	# A closing brace alone in the first column ends a function whatever went before: the
	# branches of an #ifdef may open the same parenthesis twice.
	if (!comment && line == "}")
		depth = 0
	continued = line ~ /\\$/
	in_directive = directive && continued
	for (;;) {
		if (comment) {
			if (!match(line, /\*\//))
				break
			comment = 0
			line = substr(line, RSTART + 2)
			continue
		}
		if (string != "") {
			# the rest of a literal that goes on behind a backslash
			line = string line
			string = ""
		}
		if (!match(line, /["'()]|\/\*|\/\//))
			break
		token = substr(line, RSTART, RLENGTH)
		line = substr(line, RSTART + RLENGTH)
		if (token == "/*") {
			comment = 1
		} else if (token == "//") {
			break
		} else if (token == "(") {
			depth += !directive
		} else if (token == ")") {
			depth -= !directive && depth > 0
		} else {
			quoted = token == "\"" ? "^([^\"\\\\]|\\\\.)*\"" : "^([^'\\\\]|\\\\.)*'"
			if (match(line, quoted))
				line = substr(line, RSTART + RLENGTH)
			else if (continued) {
				string = token
				break
			} else
				break
		}
	}
}
