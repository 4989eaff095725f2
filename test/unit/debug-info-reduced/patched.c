// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
#include "foo.h"

int show(struct foo *foo);
int show(struct foo *foo)
{
	return internal(foo->a);
}
