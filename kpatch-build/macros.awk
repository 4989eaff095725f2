# SPDX-License-Identifier: GPL-2.0-only
#
# Macros that stand for another number than before:
#
#   awk -f macros.awk after=0 BEFORE... after=1 AFTER...
#
# prints NAME, the value before, and the one after, with tabs between them. Only those
# without parameters and in both: what has strings, calls, variables or more than an
# expression in it is code, which the objects show. Where a name has several values, each
# behind its own condition, those are compared in their order; where it has more or fewer, what is new is told.

# What begins TEXT with a quotation mark: the length of the string or the character, or of the mark alone,
# where it has no end ("#error don't").
function quoted(text) {
	if (match(text, /^"([^"\\]|\\.)*"/) || match(text, /^'([^'\\]|\\.)*'/))
		return RLENGTH
	return 1
}

# A comment is a space, and may go on to the next line. In a string there is none.
function without_comments(line,    out, mark, end) {
	out = ""
	while (1) {
		if (in_comment) {
			end = index(line, "*/")
			if (!end)
				return out
			line = substr(line, end + 2)
			in_comment = 0
		}
		if (!match(line, /["']|\/[\/*]/))
			return out line
		mark = substr(line, RSTART, RLENGTH)
		out = out substr(line, 1, RSTART - 1)
		line = substr(line, RSTART)
		if (mark == "//")
			return out
		if (mark == "/*") {
			out = out " "
			line = substr(line, 3)
			in_comment = 1
			continue
		}
		end = quoted(line)
		out = out substr(line, 1, end)
		line = substr(line, end + 1)
	}
}

# Numbers, names of other macros, operators, the macros that make bits, constants and pointers of
# them, give them another byte order or unit, those of ioctls and devices, casts, characters and sizes.
BEGIN {
	makers = "BIT|BIT_ULL|BIT_MASK|BITUL|_BITUL|BITULL|_BITULL|GENMASK|GENMASK_ULL|FIELD_PREP|UL|ULL|_AC|_UL|_ULL|[SU](8|16|32|64)_C|ERR_PTR|MKDEV"
	orders = "(__)?(constant_)?cpu_to_[bl]e(16|32|64)|(__)?(constant_)?hton[sl]|ilog2|round_up|roundup|[mus]*secs_to_jiffies"
	types = "[a-z_0-9]+_t|_*[us](8|16|32|64)|_*[bl]e(16|32|64)|void|char|short|int|long( long)?( int)?|unsigned|(struct|enum) [a-z_0-9]+"
}

function is_number(value,    text) {
	text = value
	gsub(/'([^'\\]|\\.)'/, "0", text)
	gsub(/(^|[^A-Za-z0-9_])sizeof ?\( ?[A-Za-z_0-9 *]+\)/, " 0", text)
	if (gsub(/(^|[^A-Za-z0-9_])_IO(R|W|WR)?(_BAD)? ?\(/, " (", text))
		gsub(/, ?[A-Za-z_0-9 *]+(\[[A-Z_0-9]*\])?\)/, ", 0)", text)
	while (gsub("(^|[^A-Za-z0-9_])(" makers "|" orders ") ?\\(", " (", text))
		;
	gsub("\\( ?((const|__force|__user|unsigned|signed|struct|enum) )*(" types ")( ?\\*)* ?\\)", " ", text)
	while (match(text, /\( ?[a-z_0-9]+ ?\) ?[0-9~A-Z]/))
		text = substr(text, 1, RSTART - 1) " " substr(text, RSTART + RLENGTH - 1)
	gsub(/0[xX][0-9a-fA-F]+[uUlL]*/, "0", text)
	gsub(/[0-9]+[uUlL]*/, "0", text)
	return text ~ /[A-Z0-9_]/ && text !~ /[a-z"'{};.#\\\[\]]|[A-Z0-9_] ?\(/
}

function define(text,    name, value) {
	if (!match(text, /^[ \t]*#[ \t]*define[ \t]+[A-Za-z_][A-Za-z0-9_]*/))
		return
	value = substr(text, RLENGTH + 1)
	if (value ~ /^\(/)
		return
	name = substr(text, 1, RLENGTH)
	sub(/.*[ \t]/, "", name)
	gsub(/[ \t]+/, " ", value)
	gsub(/^ | $/, "", value)
	if (value == "")
		return
	nr[after, name]++
	values[after, name, nr[after, name]] = value
	if (!after && nr[after, name] == 1)
		names[++nr_names] = name
}

FNR == 1 {
	in_comment = 0
	whole = ""
}

{
	# Lines are joined before anything else is looked for, as in C.
	more = sub(/\\[ \t]*$/, "")
	whole = whole $0
	if (more)
		next
	define(without_comments(whole))
	whole = ""
}

function tell(name, old, new) {
	if (old == new || !is_number(old) || !is_number(new))
		return 0
	printf "%s\t%s\t%s\n", name, old, new
	return 1
}

# One that is defined more or less often than before: the first value that it never had.
function tell_other(name,    i, j, known) {
	for (i = 1; i <= nr[1, name]; i++) {
		known = 0
		for (j = 1; j <= nr[0, name]; j++)
			known = known || values[0, name, j] == values[1, name, i]
		if (!known && tell(name, values[0, name, nr[0, name]], values[1, name, i]))
			return
	}
}

END {
	for (i = 1; i <= nr_names; i++) {
		name = names[i]
		if (nr[0, name] != nr[1, name])
			tell_other(name)
		for (j = 1; j <= nr[0, name] && nr[0, name] == nr[1, name]; j++) {
			if (tell(name, values[0, name, j], values[1, name, j]))
				break
		}
	}
}
