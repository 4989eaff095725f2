// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
int moved(int x)
{
	return internal(x) + 99;
}
int g(int x)
{
	return internal(x) + 2;
}
