// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int first_one(int count);
int second_one(int count);

int show(int value);
int show(int value)
{
	value = internal(value);
	if (value) {
		static int count = 1;
		static int total[2] = { 1, 9 };

		total[0] += 5;
		return first_one(++count);
	} else {
		static int count = 2;
		static int total[2] = { 2, 9 };

		total[0] += 5;
		return second_one(++count);
	}
}
