# SPDX-License-Identifier: GPL-2.0-only
#
# One message for what the differ says of several units:
#
#   cat ERR... | awk -f gather.awk
#
# Messages that are the same but for the unit, and for the functions that "use it and stay as they
# are", become one, with some of the units and functions. Everything else is printed as it is.

BEGIN {
	SHOWN = 5
	NAME = "[A-Za-z0-9_.]+"
	USERS = "; " NAME "(, " NAME ")* uses? it and stays? as (it is|they are)"
}

# Adds a unit or a function to a list of the message.
function add(key, list, name,    n) {
	if ((key, list, name) in seen)
		return
	seen[key, list, name]
	n = ++count[key, list]
	if (n <= SHOWN)
		text[key, list] = text[key, list] (n > 1 ? ", " : "") name
}

function add_users(key, phrase,    names, i, n) {
	sub(/ uses? it and .*/, "", phrase)
	n = split(substr(phrase, 3), names, ", ")
	for (i = 1; i <= n; i++)
		add(key, "users", names[i])
}

function list_of(key, list) {
	if (count[key, list] <= SHOWN)
		return text[key, list]
	return text[key, list] " and " (count[key, list] - SHOWN) " more"
}

function users_of(key) {
	if (!count[key, "users"])
		return ""
	return "; " list_of(key, "users") \
		(count[key, "users"] == 1 ? " uses it and stays as it is" : " use it and stay as they are")
}

{
	rest = $0
	sub(/^create-diff-object: /, "", rest)
	warning = sub(/^warning: /, "", rest) ? "warning: " : ""
	at = index(rest, ": ")
	unit = substr(rest, 1, at - 1)
	rest = substr(rest, at + 2)
	error = sub(/^error: /, "", rest) ? "error: " : ""
}

# Not about a unit.
$0 !~ /^create-diff-object: / || unit ~ /^(error)?$/ || warning error == "" {
	lines[++last] = $0
	next
}

{
	phrase = tail = ""
	if (match(rest, USERS)) {
		phrase = substr(rest, RSTART, RLENGTH)
		tail = substr(rest, RSTART + RLENGTH)
		rest = substr(rest, 1, RSTART - 1)
	}
	key = warning error rest tail
	if (!((key, "units") in count)) {
		keys[++last] = key
		kind[key] = warning
		sign[key] = error
	}
	if (!(key in head) || phrase != "") {
		head[key] = rest
		rear[key] = tail
	}
	add(key, "units", unit)
	if (phrase != "")
		add_users(key, phrase)
}

END {
	for (i = 1; i <= last; i++) {
		if (i in lines) {
			print lines[i]
			continue
		}
		key = keys[i]
		print "create-diff-object: " kind[key] list_of(key, "units") ": " \
			sign[key] head[key] users_of(key) rear[key]
	}
}
