# SPDX-License-Identifier: GPL-2.0-only
#
# What create-diff-object says of a unit -> its changed, new and removed functions, each with a reason that fits
# on a line: the differ's own explanation of each is in the log.
#
# REASON of the environment is why a unit changes that the patch leaves alone. It may be of several names, those
# in the variable names; one that the differ has found inlined into the function is the reason then.

BEGIN {
	for (n = split(names, list, " "); n; n--)
		changed[list[n]]
}

# sees(TEXT): of a unit that the patch leaves alone.
function sees(text,   reason, words, name, n, i) {
	reason = ENVIRON["REASON"]
	n = split(text, words, " ")
	for (i = 2; i < n; i++) {
		name = words[i]
		if (words[i - 1] == "in" && words[i + 1] == "inlined" && sub(/\(\)$/, "", name) && name in changed)
			reason = " (the unit sees the change of " name ")"
	}
	return reason
}

# has(TEXT): who calls what is new, or where in the source the first difference is. In what is inlined there it may
# be of its own, or of what the function hands over.
function has(text,   at, inlined) {
	if (match(text, /^ \((called|jumped to|used) by [^ ,)]+/))
		return substr(text, 1, RLENGTH) ")"
	if (!match(text, / at (\+0x[0-9a-f]+, )?[^ ,]+\.[A-Za-z]+:[0-9]+/))
		return ""
	at = substr(text, RSTART, RLENGTH)
	text = substr(text, RSTART + RLENGTH)
	while (match(text, /^, in [^ ]+\(\) inlined at [^ ,)]+/)) {
		at = substr(text, 1, RLENGTH)
		text = substr(text, RLENGTH + 1)
		if (!inlined)
			inlined = substr(at, 2, index(at, ")") - 1) " inlined there"
	}
	sub(/^.* /, "", at)
	if (index(at, unit ":") == 1)
		at = "line " substr(at, length(unit) + 2)
	return " (from " at " on" (inlined ? "," inlined : "") ")"
}

match($0, /^[^:]*: (changed|new|removed) function: [^ ]+/) {
	unit = substr($0, 1, index($0, ":") - 1)
	text = substr($0, RLENGTH + 1)
	print substr($0, 1, RLENGTH) (ENVIRON["REASON"] ? sees(text) : has(text))
}
