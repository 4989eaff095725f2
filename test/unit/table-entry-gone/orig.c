// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int value);
int show(int value)
{
	return value + 1;
}

/* module_param() leaves such a row, include/linux/moduleparam.h, 6.1 */
static const char *const __param_limit __used __attribute__((__section__("__param"))) = "limit";
