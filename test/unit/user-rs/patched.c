// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(void);
int show(void)
{
	static int _rs;

	return internal(++_rs) + 1;
}
