// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

u64 show(void);
u64 show(void)
{
	return internal(2);
}
