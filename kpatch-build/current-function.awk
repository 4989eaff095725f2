# SPDX-License-Identifier: GPL-2.0-only
#
# For what reads assembly that the compiler wrote: the function that a line is in.

/^[A-Za-z_][^ \t:]*:/ { current = substr($0, 1, index($0, ":") - 1) }

# Whether @list has that function, or one that it is a part of, with @suffix behind it.
function current_is_in(list, suffix,   name) {
	name = current
	do {
		if (name suffix in list)
			return 1
	} while (sub(/\.[^.]*$/, "", name))
	return 0
}
