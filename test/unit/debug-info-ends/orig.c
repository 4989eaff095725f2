// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct foo {
	int a;
	int b;
};

int show(struct foo *foo);
int show(struct foo *foo)
{
	return internal(foo->b);
}
