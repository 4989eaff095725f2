// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

const char *show(void);
const char *show(void)
{
	static char name[] __used = "none";

	return name;
}
