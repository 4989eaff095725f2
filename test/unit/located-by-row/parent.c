// SPDX-License-Identifier: GPL-2.0-only
static int count;

static __attribute__((__noinline__)) int show(int value)
{
	count += value * 2;
	return count;
}

int elsewhere(int value);
int elsewhere(int value)
{
	return show(value) + 7;
}
