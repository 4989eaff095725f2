// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
#define __sched __attribute__((section(".sched.text")))
static noinline int __sched h(int x)
{
	return internal(x) - internal(x + 9);
}
int __sched f(int x)
{
	return internal(x) + h(x) + 2;
}
int g(int x)
{
	return internal(x) + 3;
}
