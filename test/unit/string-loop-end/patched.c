// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

/* string_nocheck() of lib/vsprintf.c, Linux 6.1: at most so many characters */
static inline char *append(char *to, const char *s, int limit)
{
	while (limit--) {
		char c = *s++;

		if (!c)
			break;
		*to++ = c;
	}
	return to;
}

char *kept(char *to);
char *kept(char *to)
{
	to = append(to, " flags ", 10);
	return append(to, "io  ", 10);
}

char *other_end(char *to);
char *other_end(char *to)
{
	to = append(to, " window ", 12);
	return append(to, "mem ", 11);
}
