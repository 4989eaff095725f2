// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int first_one(int count);
int second_one(int count);

int show(int value);
int show(int value)
{
	if (value) {
		static int count = 1;
		static int total = 7;

		++total;
		return first_one(++count);
	} else {
		static int count = 2;
		static int total = 7;

		++total;
		return second_one(++count);
	}
}
