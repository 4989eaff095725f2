// SPDX-License-Identifier: GPL-2.0-only
#include <linux/err.h>
#include <linux/ftrace.h>
#include <linux/hash.h>
#include <linux/hashtable.h>
#include <linux/module.h>
#include <linux/preempt.h>
#include <linux/rculist.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>

#include "compat.h"
#include "fault.h"
#include "kernel.h"
#include "redirect.h"

static DEFINE_HASHTABLE(sites, 10);
static unsigned int armed_count;
static bool stale; /* ftrace's filter still has a place of a module that is gone */
static unsigned int view; /* 0 or 1: the index of site.target[] that holds */

static bool watching; /* NMIs have to stay with the view they began with */
static bool holding; /* those that have none yet have to wait */
static int worker_cpu; /* switches as a task: an NMI of its own never sees that happen */

DEFINE_PER_CPU(struct nmi_view, kpatch_nmi_view);

/* Runs in an NMI (or what the kernel treats like one) while the machine is stopped. */
static noinline notrace unsigned int view_of_nmi(void)
{
	struct nmi_view *mine = this_cpu_ptr(&kpatch_nmi_view);

	if (smp_processor_id() == READ_ONCE(worker_cpu))
		return smp_load_acquire(&view);
	if (!READ_ONCE(mine->taken)) {
		while (smp_load_acquire(&holding)) {
			WRITE_ONCE(mine->held, true);
			cpu_relax();
		}
		WRITE_ONCE(mine->held, false);
		WRITE_ONCE(mine->taken, 1 + smp_load_acquire(&view));
	}
	return READ_ONCE(mine->taken) - 1;
}

static notrace struct site *site_find(unsigned long ip)
{
	struct site *site;

	hash_for_each_possible_rcu_notrace (sites, site, node, ip)
		if (site->ip == ip)
			return site;
	return NULL;
}

/*
 * Preemption is off from reading the view to reading the target: the machine is not
 * stopped in between. It calls nothing that could be traced or patched, so it needs no guard
 * against recursion.
 */
static void notrace redirect(unsigned long ip, unsigned long parent_ip, struct ftrace_ops *ops,
			     struct ftrace_regs *fregs)
{
	unsigned long target = 0;
	unsigned int index;
	struct site *site;

	preempt_disable_notrace();
	if (unlikely(READ_ONCE(watching)) && in_nmi())
		index = view_of_nmi();
	else
		index = smp_load_acquire(&view);
	site = site_find(ip);
	if (site)
		target = READ_ONCE(site->target[index]);
	if (target)
		kpatch_set_ip(fregs, target);
	preempt_enable_notrace();
}

/* PERMANENT: sysctl kernel.ftrace_enabled=0 is refused as long as a patch is in effect. */
#define UNUSED_OPS                                                                              \
	{                                                                                       \
		.func = redirect,                                                               \
		.flags = FTRACE_OPS_FL_IPMODIFY | FTRACE_OPS_FL_PERMANENT | KPATCH_FTRACE_REGS, \
	}

static struct ftrace_ops kpatch_ops = UNUSED_OPS;

/* As if it had never been used: ftrace_free_filter() leaves pointers to what it frees. */
static void forget_filter(void)
{
	ftrace_free_filter(&kpatch_ops);
	kpatch_ops = (struct ftrace_ops)UNUSED_OPS;
}

struct site *site_get(unsigned long address)
{
	unsigned long ip = kernel_ftrace_location(address);
	struct site *site;

	if (!ip)
		return ERR_PTR(-EINVAL);
	site = site_find(ip);
	if (!site) {
		site = may_fail(kzalloc(sizeof(*site), GFP_KERNEL), NULL);
		if (!site)
			return ERR_PTR(-ENOMEM);
		site->ip = ip;
		hash_add_rcu(sites, &site->node, ip);
	}
	site->users++;
	return site;
}

/* The places of those of @list that are not armed yet. */
static unsigned long *unarmed_places(struct site **list, size_t count, size_t *found)
{
	unsigned long *ips = may_fail(kvcalloc(count + 1, sizeof(*ips), GFP_KERNEL), NULL);
	size_t i;

	*found = 0;
	for (i = 0; ips && i < count; i++)
		if (list[i] && !list[i]->armed)
			ips[(*found)++] = list[i]->ip;
	return ips;
}

static int arm(unsigned long *ips, size_t count)
{
	int err = -EIO;

	if (!stale)
		err = may_fail(ftrace_set_filter_ips(&kpatch_ops, ips, count, 0, 0), -ENOMEM);
	if (err || armed_count)
		return err;
	err = may_fail(register_ftrace_function(&kpatch_ops), -ENOMEM);
	if (err)
		forget_filter();
	return err;
}

int sites_arm(struct site **list, size_t count)
{
	unsigned long *ips;
	size_t found, i;
	int err = 0;

	ips = unarmed_places(list, count, &found);
	if (!ips)
		return -ENOMEM;
	if (found)
		err = arm(ips, found);
	kvfree(ips);
	if (err)
		return err;
	for (i = 0; i < count; i++)
		if (list[i])
			list[i]->armed = true;
	armed_count += found;
	return 0;
}

bool site_is_free(struct site *site)
{
	struct ftrace_ops ops = {
		.func = redirect,
		.flags = FTRACE_OPS_FL_IPMODIFY | KPATCH_FTRACE_REGS,
	}, *probe;
	int err = -ENOMEM;

	if (site->armed)
		return true;
	probe = kmemdup(&ops, sizeof(ops), GFP_KERNEL);
	if (probe)
		err = ftrace_set_filter_ip(probe, site->ip, 0, 0);
	if (!err)
		err = register_ftrace_function(probe);
	if (!err)
		unregister_ftrace_function(probe);
	if (probe)
		ftrace_free_filter(probe);
	kfree(probe);
	return err != -EBUSY;
}

/* The places of all that are armed and have no user. */
static unsigned long *idle_places(size_t *found)
{
	unsigned long *ips = may_fail(kvcalloc(armed_count + 1, sizeof(*ips), GFP_KERNEL), NULL);
	struct site *site;
	int bucket;

	*found = 0;
	hash_for_each (sites, bucket, site, node)
		if (ips && site->armed && !site->users)
			ips[(*found)++] = site->ip;
	return ips;
}

/* An empty filter would mean all functions: the last one goes with the registration. */
static int disarm(unsigned long *ips, size_t count)
{
	int err = 0;

	if (count == armed_count)
		err = may_fail(unregister_ftrace_function(&kpatch_ops), -ENOMEM);
	if (err)
		return err;
	if (count == armed_count) {
		forget_filter();
		return 0;
	}
	return may_fail(ftrace_set_filter_ips(&kpatch_ops, ips, count, 1, 0), -ENOMEM);
}

static int disarm_idle(void)
{
	unsigned long *ips;
	struct site *site;
	size_t found;
	int err = 0, bucket;

	ips = idle_places(&found);
	if (!ips)
		return -ENOMEM;
	if (found)
		err = disarm(ips, found);
	kvfree(ips);
	if (err)
		return err;
	armed_count -= found;
	hash_for_each (sites, bucket, site, node)
		if (!site->users)
			site->armed = false;
	return 0;
}

/* Unlink what is not armed and has no user, into @dead. */
static void unlink_idle(struct list_head *dead)
{
	struct hlist_node *next;
	struct site *site;
	int bucket;

	hash_for_each_safe (sites, bucket, next, site, node) {
		if (site->users || site->armed)
			continue;
		hash_del_rcu(&site->node);
		list_add(&site->dead, dead);
	}
}

/*
 * A site that cannot be disarmed (no memory, or ftrace is out of order) leads nowhere. It stays,
 * and so must the code that ftrace calls there; the next operation tries again.
 */
static void pin(bool on)
{
	static bool pinned;

	if (on && !pinned)
		__module_get(THIS_MODULE);
	else if (!on && pinned)
		module_put(THIS_MODULE);
	pinned = on;
}

static void free_idle(void)
{
	struct site *site, *next;
	LIST_HEAD(dead);

	unlink_idle(&dead);
	/* Tasks that were preempted in ftrace's code or ours, and CPUs that RCU does not watch. */
	synchronize_rcu_tasks();
	synchronize_rcu_tasks_rude();
	list_for_each_entry_safe (site, next, &dead, dead)
		kfree(site);
}

void site_drop(struct site **site)
{
	if (!*site)
		return;
	(*site)->users--;
	(*site)->last_user = NULL;
	*site = NULL;
}

void sites_settle(void)
{
	pin(disarm_idle());
	free_idle();
}

void sites_put(struct site **list, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		site_drop(&list[i]);
	sites_settle();
}

/*
 * Only those that could not be disarmed are left. The filter's length is not known any more then,
 * and an empty one would mean all functions: nothing is added, and the core stays.
 */
void sites_forget(const struct module *mod)
{
	struct site *site;
	int bucket;

	hash_for_each (sites, bucket, site, node) {
		if (!within_module(site->ip, mod))
			continue;
		site->armed = false;
		if (stale)
			continue;
		stale = true;
		__module_get(THIS_MODULE);
		pr_err("kpatch: error: a function of the module %s cannot be taken out of ftrace's "
		       "filter; no more patches until the next boot [ftrace]\n",
		       mod->name);
	}
	if (stale)
		free_idle();
}

void view_clear(void)
{
	struct site *site;
	int bucket;

	hash_for_each (sites, bucket, site, node)
		WRITE_ONCE(site->target[!view], 0);
}

void view_set(struct site *site, unsigned long target)
{
	WRITE_ONCE(site->target[!view], target);
}

void view_set_both(struct site *site, unsigned long target)
{
	WRITE_ONCE(site->target[0], target);
	WRITE_ONCE(site->target[1], target);
}

void view_switch(void)
{
	smp_store_release(&view, !view);
}

void nmi_watch(bool on, int worker)
{
	WRITE_ONCE(worker_cpu, worker);
	smp_store_release(&watching, on);
}

void nmi_hold(bool on)
{
	smp_store_release(&holding, on);
}
