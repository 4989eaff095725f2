// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
struct foo {
	int a;
	int n;
	int b;
};
int f(struct foo *x)
{
	return internal(x->b);
}
