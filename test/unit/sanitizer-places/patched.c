// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

extern int sizes[8];
extern char letters[16];

int show(int value, int by);
int show(int value, int by)
{
	return (value << by) + letters[by] + sizes[by] + 1;
}

int other(int value, int by);
int other(int value, int by)
{
	return (value << by) + sizes[by];
}
