// SPDX-License-Identifier: GPL-2.0-only
/*
 * Holds up a module named "who" when it comes or goes, before the core module is asked about it, as
 * long as "on" is set. "held" tells that it does.
 */
#include <linux/delay.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/notifier.h>
#include <linux/string.h>

static char *who = "";
static bool on, held;
module_param(who, charp, 0644);
module_param(on, bool, 0644);
module_param(held, bool, 0444);

static int event(struct notifier_block *block, unsigned long what, void *data)
{
	const struct module *mod = data;

	if (what == MODULE_STATE_LIVE || strcmp(mod->name, who))
		return NOTIFY_DONE;
	while (READ_ONCE(on)) {
		WRITE_ONCE(held, true);
		msleep(10);
	}
	WRITE_ONCE(held, false);
	return NOTIFY_DONE;
}

static struct notifier_block block = { .notifier_call = event, .priority = INT_MAX };

static int __init holdup_init(void)
{
	return register_module_notifier(&block);
}

static void __exit holdup_exit(void)
{
	unregister_module_notifier(&block);
}

module_init(holdup_init);
module_exit(holdup_exit);
MODULE_LICENSE("GPL");
