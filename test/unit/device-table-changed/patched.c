// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct device_id {
	u32 device, vendor;
};

static struct device_id ids[] = { { 3, 5 }, { 4, 5 }, { 0 } };
/* MODULE_DEVICE_TABLE() of linux/module.h, Linux 6.1 */
extern typeof(ids) __mod_virtio__ids_device_table __attribute__((unused, alias("ids")));

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
