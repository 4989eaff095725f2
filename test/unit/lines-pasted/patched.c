// SPDX-License-Identifier: GPL-2.0-only
/* A line more. */
#include "kernel.h"

#define PASTE(a, b) a##b
#define NAMED(a, b) PASTE(a, b)
#define OBJECT(name, method)                                                           \
	static int (*const NAMED(methods_##name, __LINE__)[])(int value) = { method }; \
	int (*const *const object_##name)(int value) = NAMED(methods_##name, __LINE__)

int show(int value);
int show(int value)
{
	return internal(value) + 1;
}

extern int (*const *const object_first)(int value);
OBJECT(first, show);
