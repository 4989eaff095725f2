// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int value);
/*
 * A comment more.
 */
#line 5 "case.c"
int show(int number)
{
	WARN_ON(number);

#line 8
	return number + 1;
}
