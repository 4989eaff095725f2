// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

extern int other_file_one(int value, int which), other_file_two(int value, int which);

int show(int value, int which);
int show(int value, int which)
{
	int (*function)(int, int) = which & 1 ? other_file_one : other_file_two;

	return function(value, which);
}
