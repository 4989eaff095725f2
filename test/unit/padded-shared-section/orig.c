// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
#define __sched __attribute__((section(".sched.text")))
int __sched f(int x)
{
	return internal(x) + 1;
}
int g(int x)
{
	return internal(x) + 3;
}
