// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int value);
int show(int value)
{
	static int count;

	count += internal(value) * 3;
	return count;
}

int peek(int value);
int peek(int value)
{
	static int count;

	count += internal(value) * 5;
	return count;
}

int another(int value);
int another(int value)
{
	static int count;

	count += internal(value) * 7;
	return count;
}
