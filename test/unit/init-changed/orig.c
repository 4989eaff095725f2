// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int __init setup(void);
int __init setup(void)
{
	return internal(1);
}
