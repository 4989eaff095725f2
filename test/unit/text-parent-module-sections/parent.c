// SPDX-License-Identifier: GPL-2.0-only
#define __init __attribute__((__section__(".init.text"), __noinline__))

static int __init show(int value)
{
	return value * 2;
}

int __init setup(int value);
int __init setup(int value)
{
	return show(value) + 1;
}
