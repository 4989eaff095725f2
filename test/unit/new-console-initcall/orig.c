// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int setup(void);
int setup(void)
{
	return internal(1);
}
