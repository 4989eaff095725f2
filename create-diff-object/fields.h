/* SPDX-License-Identifier: GPL-2.0-only */
/* Lines of fields with tabs between them, as the process that reads debug information writes. */
#ifndef FIELDS_H
#define FIELDS_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* next_field - cut off the first field of *@rest; "" where there is none */
static inline char *next_field(char **rest)
{
	char *field = *rest, *tab = strchr(field, '\t');

	if (tab)
		*tab = '\0';
	*rest = tab ? tab + 1 : field + strlen(field);
	return field;
}

static inline uint64_t number_field(char **rest)
{
	return strtoull(next_field(rest), NULL, 10);
}

#endif /* FIELDS_H */
