// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static int body(int value);

static noinline notrace int other(int value)
{
	if (value < 7)
		return internal(value);
	return body(value / 2) * 3;
}

static noinline notrace int body(int value)
{
	if (value < 5)
		return internal(value) + 1;
	return other(value - 1) * 5;
}

int show(int value);
int show(int value)
{
	return body(value) + 1;
}
