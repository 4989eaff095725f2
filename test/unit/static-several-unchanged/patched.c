// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int other(int value);
int other(int value)
{
	if (value) {
		static int count;

		return ++count;
	} else {
		static int count;

		return --count;
	}
}

int show(int value);
int show(int value)
{
	return internal(value) + 2;
}
