// SPDX-License-Identifier: GPL-2.0-only
int helper(int x)
{
	return x * 3;
}
