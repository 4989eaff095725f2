// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
static int limit = 5;
void set(int v);
__attribute__((__section__(".init.text"))) void set(int v)
{
	limit = v;
}
int show(int v);
int show(int v)
{
	if (v)
		limit = v;
	return limit;
}
