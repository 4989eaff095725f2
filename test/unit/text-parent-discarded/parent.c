// SPDX-License-Identifier: GPL-2.0-only
int elsewhere(int value);

static int __attribute__((__noinline__)) show(int value)
{
	asm volatile("");
	return value * 2;
}

int elsewhere(int value)
{
	return show(value) + 7;
}
