// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int value);
/*
 * A comment more.
 */
#line 5 "case.c"
int show(int value)
{
	WARN_ON(value);

#line 8
	return value + 1;
}
