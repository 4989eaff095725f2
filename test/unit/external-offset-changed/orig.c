// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

extern int array[4];

int show(void);
int show(void)
{
	return array[1];
}
