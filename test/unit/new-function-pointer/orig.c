// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

void *show(void);
void *show(void)
{
	return NULL;
}
