// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int before(int value);
int behind(int value);

int other(int value);
int other(int value)
{
	return before(internal(value)) + behind(value) + 7;
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

int first(int value);
int first(int value)
{
	return internal(value) + 9;
}

int second(int value);
int second(int value)
{
	return internal(value) + 11;
}
