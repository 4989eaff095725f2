// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline int __attribute__((__section__(".init.text"))) setup(int value)
{
	return internal(value) + 1;
}

static inline int prepare(int value)
{
	return internal(value) * 3;
}

int show(int value);
int show(int value)
{
	return prepare(value) + 2;
}
