// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

__attribute__((__cold__)) void complain(void);

static noinline int first(int value, int which)
{
	return internal(value) * 5 + which;
}
static int (*hook)(int, int);

int show(int value, int which);
int show(int value, int which)
{
	if (!hook)
		return 1;
	return hook(value, which);
}

int set(int which);
int set(int which)
{
	if (internal(which)) {
		complain();
		hook = first;
	}
	return 1;
}

void unset(void);
void unset(void)
{
	hook = NULL;
}
