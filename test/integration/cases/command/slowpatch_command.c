// SPDX-License-Identifier: GPL-2.0-only
/*
 * A module that is being loaded until its loader gets a signal, and then is not. The guest gives it
 * the name of a patch.
 */
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/module.h>

static int __init slow_init(void)
{
	msleep_interruptible(100 * 1000);
	return -ECANCELED;
}

module_init(slow_init);
MODULE_LICENSE("GPL");
