// SPDX-License-Identifier: GPL-2.0-only
/* the same inline function of a header, in another file that has it by itself */
static __attribute__((noinline)) int helper(int value)
{
	return value * 3 + 7;
}

int user(int value);
int user(int value)
{
	return helper(value) + 2;
}
