// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

const char *show(void);
const char *show(void)
{
	return "none";
}
