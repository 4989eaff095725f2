// SPDX-License-Identifier: GPL-2.0-only
#include "part-names.h"
#include "util.h"

#include <ctype.h>
#include <string.h>

/* Length of @name without one trailing ".cold", ".part", ".isra" or ".constprop". */
static size_t strip_suffix(const char *name, size_t n)
{
	static const char *const suffixes[] = { ".cold", ".part", ".isra", ".constprop" };
	size_t i, m;

	for (i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		m = strlen(suffixes[i]);
		if (n > m && !memcmp(name + n - m, suffixes[i], m))
			return n - m;
	}
	return n;
}

size_t parent_length(const char **start)
{
	const char *name = *start;
	size_t n, cut, digits;

	if (has_prefix(name, "__pfx_") || has_prefix(name, "__cfi_"))
		name += strlen("__pfx_");
	n = strlen(name);
	for (;;) {
		digits = n;
		while (digits && isdigit((unsigned char)name[digits - 1]))
			digits--;
		if (digits < n && digits > 1 && name[digits - 1] == '.')
			digits--;
		else
			digits = n;
		cut = strip_suffix(name, digits);
		if (cut == digits)
			break;
		n = cut;
	}
	*start = name;
	return n;
}
