// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int another(int value);
int another(int value)
{
	static int count;

	count += internal(value) * 10;
	return count;
}

int peek(int value);
int peek(int value)
{
	static int count;

	count += internal(value) * 8;
	return count;
}

int show(int value);
int show(int value)
{
	static int count;

	count += internal(value) * 6;
	return count;
}
