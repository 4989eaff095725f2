// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct later;
extern struct later *pointer;

struct later {
	int first, second;
};

int f(int value);
int f(int value)
{
	return internal(value) + pointer->second;
}
