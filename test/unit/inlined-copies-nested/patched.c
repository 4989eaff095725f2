// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

# 1 "part.h" 1
static inline int inner(int value)
{
	return internal(value);
}
static inline int outer(int value)
{
	return inner(inner(value));
}
# 6 "case.c" 2

int show(int value);
int show(int value)
{
	return outer(value) + 1;
}

int other(int value);
int other(int value)
{
	return inner(value) + 2;
}
