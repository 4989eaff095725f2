// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int first_one(int count);
int second_one(int count);

int show(int value);
int show(int value)
{
	if (value) {
		static int count = 1;

		return second_one(first_one(++count) + count);
	} else {
		static int count = 2;

		return first_one(second_one(++count) + count);
	}
}
