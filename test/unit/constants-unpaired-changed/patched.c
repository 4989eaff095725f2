// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct name {
	int value;
	const char *name;
};
int print(const struct name *names, int value);

int other(int value);
int other(int value)
{
	return value + 1;
}

int show(int value);
int show(int value)
{
	int sum;

	{
		static const struct name symbols[] = { { 1, "one" }, { 0, NULL } };
		sum = print(symbols, value);
	}
	{
		static const struct name symbols[] = { { 2, "too" }, { 0, NULL } };
		sum += print(symbols, value);
	}
	return sum;
}
