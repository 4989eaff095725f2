// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static inline int __init prepared(int value)
{
	return internal(value) * 3;
}

int __init setup(int value);
int __init setup(int value)
{
	return prepared(value);
}

int show(int value);
int show(int value)
{
	return internal(value) + 1;
}
