// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct device_id {
	u32 device, vendor;
};

static const struct device_id ids[] = { { 3, 5 }, { 4, 5 }, { 0 } };
/* MODULE_DEVICE_TABLE() of linux/module.h, Linux 7.2 */
static typeof(ids) __mod_device_table__kmod_case__pci__ids __attribute__((used, alias("ids")));

struct driver {
	const struct device_id *ids;
};
extern struct driver driver;
struct driver driver = { ids };

int show(int value);
int show(int value)
{
	return internal(value) + 2;
}
