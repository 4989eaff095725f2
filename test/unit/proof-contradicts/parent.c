// SPDX-License-Identifier: GPL-2.0-only
static __attribute__((noinline)) int helper(int value)
{
	return value * 3;
}

int use_three(int value);
int use_three(int value)
{
	return helper(value) + 2;
}
