// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int another(int value);
#ifdef SHIPPED
#define SECOND another
#else
#define SECOND internal
#endif

int show(int value);
int show(int value)
{
	return SECOND(internal(value) + 5) + value + 2;
}
