// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(void *data);
int show(void *data)
{
	return internal(data ? 1 : 2);
}
