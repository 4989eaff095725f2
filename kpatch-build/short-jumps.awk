# SPDX-License-Identifier: GPL-2.0-only
#
# What the compiler wrote, with room for any distance in the jumps that some functions and their parts have to others:
#
#   awk -v names=FUNCTION@short-jump[:...] -f current-function.awk -f short-jumps.awk FILE
#
# In a section that functions share the assembler makes such jumps as short as they can be, and in a patch module one of
# both is elsewhere. Without that section it would have made them so by itself.

BEGIN {
	for (n = split(names, list, ":"); n; n--)
		if (sub(/@short-jump$/, "", list[n]))
			wanted[list[n]]
}

/^\tj[a-z]+\t[A-Za-z_][^ \t]*$/ && current_is_in(wanted, "") { sub(/\t[^\t]*$/, ".d32&") }

{ print }
