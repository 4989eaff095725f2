// SPDX-License-Identifier: GPL-2.0-only
#include "export.h"

int show(int value, const char *name);
int show(int value, const char *name)
{
	return internal(value) + name[0];
}

EXPORT(show);
