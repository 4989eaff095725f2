// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
static struct {
	int a;
	int n;
	int b;
} * list;
int f(int v)
{
	if (list)
		return internal(list->b);
	list = (void *)(u64)internal(v);
	return 0;
}
