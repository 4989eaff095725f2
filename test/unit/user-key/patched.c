// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
int f(int x)
{
	static u64 __key;
	__key += internal(x);
	return __key * 3;
}
