// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static int ids[] = { 3, 5, 8 };
/* MODULE_DEVICE_TABLE() of linux/module.h, Linux 7.2 */
static int __mod_device_table__kmod_case__pci__ids[3] __attribute__((used, alias("ids")));

static noinline int step(int value)
{
	return internal(value) + 1;
}

int show(int value);
int show(int value)
{
	return step(ids[value]++) + 2;
}
