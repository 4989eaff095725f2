// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
static int helper(int x)
{
	static int cnt;
	cnt += internal(x);
	if (cnt > 100)
		internal(cnt);
	if (cnt > 200)
		internal(cnt + 1);
	if (cnt > 300)
		internal(cnt * 3);
	internal(cnt | 1);
	internal(cnt | 2);
	internal(cnt | 4);
	return cnt;
}
int f(int x)
{
	static int cnt;
	cnt++;
	return helper(x) + cnt;
}
int k(int x)
{
	return helper(x) * 2;
}
