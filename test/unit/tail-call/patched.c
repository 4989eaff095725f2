// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
static noinline int body(int x)
{
	return internal(x) + internal(x + 1);
}
int f(int x)
{
	return body(x + 2);
}
int f2(int x)
{
	return body(x);
}
