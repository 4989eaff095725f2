// SPDX-License-Identifier: GPL-2.0-only
#include "facts.h"

#include <stddef.h>
#include <stdlib.h>

/* As in test/lib/facts. */
static const char *const facts[][2] = {
	{ "ALT_STRUCT_SIZE", "12" },  { "BUG_STRUCT_SIZE", "12" },  { "EX_STRUCT_SIZE", "12" },
	{ "JUMP_STRUCT_SIZE", "16" }, { "PARA_STRUCT_SIZE", "16" },
};

void set_facts(unsigned int flags)
{
	size_t i;

	for (i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
		if (flags & FLAG_NO_FACTS)
			unsetenv(facts[i][0]);
		else
			setenv(facts[i][0], facts[i][1], 1);
	}
}
