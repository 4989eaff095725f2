// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int other(int value);
int other(int value)
{
	return internal(value) + 7;
}

int __attribute__((__weak__)) show(int value);
int __attribute__((__noclone__, __noinline__)) show(int value)
{
	return value + 2;
}

int user(int value);
int user(int value)
{
	return show(value) + 3;
}
