// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(void *data);
int show(void *data)
{
	u64 *item = data;

	return (int)(item[0] + item[2]);
}
