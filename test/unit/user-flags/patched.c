// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int value);
int show(int value)
{
	static int ___tp_str, descriptor, __already_done, __warned;

	___tp_str += internal(value);
	descriptor += internal(value);
	__already_done += internal(value);
	__warned += internal(value);
	return ___tp_str + descriptor * 2 + __already_done * 3 + __warned * 5;
}
