// SPDX-License-Identifier: GPL-2.0-only
#include <linux/err.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>

#include "armings.h"
#include "compat.h"
#include "fault.h"

#define TRIES 100 /* of a millisecond */

LIST_HEAD(armings);

/* PERMANENT: sysctl kernel.ftrace_enabled=0 is refused as long as a patch is in effect. */
#define OPS_FLAGS (FTRACE_OPS_FL_IPMODIFY | FTRACE_OPS_FL_PERMANENT | KPATCH_FTRACE_REGS)

/* -EAGAIN: somebody is changing the BPF trampoline at one of the places. ftrace has slept a bit. */
static int register_ops(struct ftrace_ops *ops)
{
	int err, tries = 0;

	do
		err = may_fail(register_ftrace_function(ops), -ENOMEM);
	while (err == -EAGAIN && ++tries < TRIES);
	return err;
}

static void arming_free(struct arming *arming)
{
	ftrace_free_filter(&arming->ops);
	kfree(arming);
}

struct arming *arming_add(ftrace_func_t func, unsigned long *places, size_t count)
{
	struct arming *arming = may_fail(kzalloc(sizeof(*arming), GFP_KERNEL), NULL);
	int err;

	if (!arming)
		return ERR_PTR(-ENOMEM);
	arming->ops.func = func;
	arming->ops.flags = OPS_FLAGS;
	err = may_fail(ftrace_set_filter_ips(&arming->ops, places, count, 0, 0), -ENOMEM);
	if (!err)
		err = register_ops(&arming->ops);
	if (err) {
		/* A failed registration has been on ftrace's list, where another CPU may still be. */
		synchronize_rcu_tasks();
		synchronize_rcu_tasks_rude();
		arming_free(arming);
		return ERR_PTR(err);
	}
	arming->count = count;
	list_add_tail(&arming->list, &armings);
	return arming;
}

/* An empty filter would mean all functions: the last place goes with the registration. */
int arming_remove(struct arming *arming, unsigned long *places, size_t count)
{
	int err;

	if (count < arming->count) {
		err = may_fail(ftrace_set_filter_ips(&arming->ops, places, count, 1, 0), -ENOMEM);
		if (!err)
			arming->count -= count;
		return err;
	}
	err = may_fail(unregister_ftrace_function(&arming->ops), -ENOMEM);
	if (err)
		return err;
	list_del(&arming->list);
	arming_free(arming);
	return 0;
}
