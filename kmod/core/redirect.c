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

#include "armings.h"
#include "compat.h"
#include "fault.h"
#include "kernel.h"
#include "redirect.h"

static DEFINE_HASHTABLE(sites, 10);
static bool stale; /* a filter still has a place of a module that is gone */
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
		if (list[i] && !list[i]->arming)
			ips[(*found)++] = list[i]->ip;
	return ips;
}

int sites_arm(struct site **list, size_t count)
{
	struct arming *arming = NULL;
	unsigned long *ips;
	size_t found, i;

	ips = unarmed_places(list, count, &found);
	if (!ips)
		return -ENOMEM;
	if (found)
		arming = stale ? ERR_PTR(-EIO) : arming_add(redirect, ips, found);
	kvfree(ips);
	if (IS_ERR(arming))
		return PTR_ERR(arming);
	for (i = 0; i < count; i++)
		if (list[i] && !list[i]->arming)
			list[i]->arming = arming;
	return 0;
}

/* The places of an arming that have no user. */
static unsigned long *idle_places(const struct arming *arming, size_t *found)
{
	unsigned long *ips = may_fail(kvcalloc(arming->count + 1, sizeof(*ips), GFP_KERNEL), NULL);
	struct site *site;
	int bucket;

	*found = 0;
	hash_for_each (sites, bucket, site, node)
		if (ips && site->arming == arming && !site->users)
			ips[(*found)++] = site->ip;
	return ips;
}

static int disarm_idle_of(struct arming *arming)
{
	unsigned long *ips;
	struct site *site;
	size_t found;
	int err = 0, bucket;

	ips = idle_places(arming, &found);
	if (!ips)
		return -ENOMEM;
	if (found)
		err = arming_remove(arming, ips, found);
	kvfree(ips);
	if (err)
		return err;
	hash_for_each (sites, bucket, site, node)
		if (site->arming == arming && !site->users)
			site->arming = NULL;
	return 0;
}

static int disarm_idle(void)
{
	struct arming *arming, *next;
	int err = 0, one;

	list_for_each_entry_safe (arming, next, &armings, list) {
		one = arming->stale ? 0 : disarm_idle_of(arming);
		err = err ?: one;
	}
	return err;
}

/* Unlink what is not armed and has no user, into @dead. */
static void unlink_idle(struct list_head *dead)
{
	struct hlist_node *next;
	struct site *site;
	int bucket;

	hash_for_each_safe (sites, bucket, next, site, node) {
		if (site->users || site->arming)
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

/* Whether ftrace still has places of the module that nobody uses. */
static bool any_armed_in(const struct module *mod)
{
	struct site *site;
	int bucket;

	hash_for_each (sites, bucket, site, node)
		if (site->arming && within_module(site->ip, mod))
			return true;
	return false;
}

/*
 * Only those that could not be disarmed are left: once more, since memory may have been short for a
 * moment. A place that stays in a filter is one of whatever module gets that address next, and
 * ftrace would count two owners there: nothing is armed any more then, and the core stays.
 */
void sites_forget(const struct module *mod)
{
	struct site *site;
	int bucket;

	if (!any_armed_in(mod))
		return;
	sites_settle();
	hash_for_each (sites, bucket, site, node) {
		if (!site->arming || !within_module(site->ip, mod))
			continue;
		site->arming->stale = true;
		site->arming = NULL;
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

void nmi_watch(int worker)
{
	WRITE_ONCE(worker_cpu, worker);
	smp_store_release(&watching, true);
}

/* The worker stays known: an NMI there may be behind its look at @watching. */
void nmi_unwatch(void)
{
	smp_store_release(&watching, false);
}

void nmi_hold(bool on)
{
	smp_store_release(&holding, on);
}
