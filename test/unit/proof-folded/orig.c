// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int first(int value);
int first(int value)
{
	return internal(value * 70001) + 3;
}

int second(int value);
#ifdef SHIPPED /* folded there */
int second(int value) __attribute__((alias("first")));
#else
__attribute__((noipa)) int second(int value)
{
	return internal(value * 70001) + 3;
}
#endif
