// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
int g(int x)
{
	return internal(x) + 1;
}
int hook(int x)
{
	return internal(x) + 5;
}
