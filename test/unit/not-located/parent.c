// SPDX-License-Identifier: GPL-2.0-only
static __attribute__((__noinline__)) int show(int value)
{
	return value * 2;
}

int elsewhere(int value);
int elsewhere(int value)
{
	return show(value) + 7;
}
