// SPDX-License-Identifier: GPL-2.0-only
/* Others' text on a terminal. */
#include <ctype.h>

#include "lib/printable.h"

char *printable(char *text)
{
	for (char *c = text; *c; c++)
		if (iscntrl((unsigned char)*c))
			*c = '?';
	return text;
}
