// SPDX-License-Identifier: GPL-2.0-only
static __attribute__((noinline)) int helper(int value)
{
	return value * 5;
}

int use_five(int value);
int use_five(int value)
{
	return helper(value) + 2;
}
