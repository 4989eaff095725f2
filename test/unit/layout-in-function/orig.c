// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
int f(int v)
{
	struct foo {
		int a;
		int b;
	};
	static struct foo *list;
	if (list)
		return internal(list->b);
	list = (void *)(u64)internal(v);
	return 0;
}
