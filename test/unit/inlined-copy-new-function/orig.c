// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

# 1 "part.h" 1
static inline int scaled(int value)
{
	return internal(value) * 3;
}
# 5 "case.c" 2

struct ops {
	int (*resume)(int value);
	int (*suspend)(int value);
};

static int resume(int value)
{
	return value;
}

struct ops ops = { .resume = resume };
