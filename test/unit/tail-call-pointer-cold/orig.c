// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

__attribute__((__cold__)) void complain(void);

static int (*hook)(int, int);

int show(int value, int which);
int show(int value, int which)
{
	if (!hook)
		return 0;
	return hook(value, which);
}

int set(int which);
int set(int which)
{
	if (internal(which))
		complain();
	return 1;
}

void unset(void);
void unset(void)
{
	hook = NULL;
}
