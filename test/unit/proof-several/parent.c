// SPDX-License-Identifier: GPL-2.0-only
static __attribute__((noinline, used)) int helper(int value)
{
	return value * 3;
}
