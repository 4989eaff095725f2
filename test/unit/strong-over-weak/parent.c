// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
int __attribute__((weak)) hook(int x)
{
	return x;
}
int user(int x)
{
	return hook(x) + 1;
}
