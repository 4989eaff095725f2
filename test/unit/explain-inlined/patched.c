// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static int scaled(int value)
{
	return value * 7;
}

int first(int value);
int first(int value)
{
	return scaled(value) + 1;
}

int second(int value);
int second(int value)
{
	return scaled(value) + 2;
}

int third(int value);
int third(int value)
{
	return value + 3;
}
