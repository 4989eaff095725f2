// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#ifdef SHIPPED
#define OF_SHOW	 "count.1"
#define OF_OTHER "count.0"
#else
#define OF_SHOW	 "count.0"
#define OF_OTHER "count.1"
#endif
static int of_show __asm__(OF_SHOW);
static int of_other __asm__(OF_OTHER);

int other(int value);
int other(int value)
{
	of_other += value;
	return internal(of_other) + 7;
}

int show(int value);
int show(int value)
{
	of_show += value;
	return internal(of_show) + value + 2;
}
