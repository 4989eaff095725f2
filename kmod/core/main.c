// SPDX-License-Identifier: GPL-2.0-only
/*
 * kpatch.ko: stops the machine, looks at every stack, and switches functions at one
 * moment. doc/core-module.md is the map.
 */
#include <linux/module.h>

#include "build-id.h"
#include "kernel.h"
#include "patch.h"

static int __init kpatch_init(void)
{
	int err = kernel_find();

	if (!err)
		err = build_id_watch();
	if (err)
		return err;
	err = show_init();
	if (err)
		goto unwatch;
	err = targets_watch();
	if (err)
		goto hide;
	err = operations_start();
	if (!err)
		return 0;
	targets_unwatch();
hide:
	show_exit();
unwatch:
	build_id_unwatch();
	return err;
}

/* Patch modules use the core's symbols, so there are none left. */
static void __exit kpatch_exit(void)
{
	operations_stop();
	targets_unwatch();
	show_exit();
	build_id_unwatch();
}

module_init(kpatch_init);
module_exit(kpatch_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("live patches, applied to all tasks at one moment");
