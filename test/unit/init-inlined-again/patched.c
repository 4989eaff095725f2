// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

# 1 "part.h" 1
static inline void mark(int value)
{
	internal(value);
}
# 5 "case.c" 2

int __init setup(void);
int __init setup(void)
{
	mark(1);
	mark(2);
	return 0;
}

int show(int value);
int show(int value)
{
	return internal(value) + 2;
}
