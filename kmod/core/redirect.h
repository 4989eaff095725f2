/* SPDX-License-Identifier: GPL-2.0-only */
/* Redirecting functions, all at one moment. */
#ifndef KPATCH_REDIRECT_H
#define KPATCH_REDIRECT_H

#include <linux/list.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/types.h>

struct arming;

/*
 * A function that can be redirected. target[] has the new function's address, or 0 for none, for
 * each of the two views of the kernel: the one that holds, and the one that is being made
 * ready. Which holds is one word for all sites, so that switching is one store.
 */
struct site {
	unsigned long ip; /* of ftrace's call in the function */
	unsigned long target[2];
	unsigned int users; /* patches that are or want to be in effect there */
	const void *last_user; /* a patch, to see that it takes each site once */
	struct arming *arming; /* that has ftrace call the core there; NULL: it does not yet */
	struct hlist_node node;
	struct list_head dead; /* those that are freed together */
};

/*
 * site_get - the site of the function at @address, for one user more
 *
 * A new one redirects nothing until sites_arm(). ERR_PTR(-EINVAL): ftrace cannot redirect it.
 * All functions up to view_set() want the caller to hold the lock of patch.c.
 */
struct site *site_get(unsigned long address);

/*
 * sites_put - one user less, for @count sites, which become NULL; some may be
 *
 * Those that nobody uses are disarmed and freed. Waits until no task is in the code
 * between a site and its target, or in code that it was led to: the patch module may go then.
 */
void sites_put(struct site **sites, size_t count);
/* The same in two steps: one user less each, and all the rest. */
void site_drop(struct site **site);
void sites_settle(void);

/*
 * sites_arm - have ftrace call the core at those of @count sites where it does not yet
 *
 * Some may be NULL. All or nothing. -EBUSY: another owner changes the instruction pointer of one
 * of them.
 */
int sites_arm(struct site **sites, size_t count);

/* @mod goes, and all its sites have been put. */
void sites_forget(const struct module *mod);

/* The other view: clear it, set one target, make it the one that holds. */
void view_clear(void);
void view_set(struct site *site, unsigned long target);
void view_set_both(struct site *site, unsigned long target); /* of a function not called yet */
void view_switch(void); /* in the stop, by the CPU that does the work */

/*
 * An NMI can arrive while all CPUs are stopped. It must see one view from its begin to its end:
 * switch.c says which of these when, doc/core-module.md why that is enough.
 */
struct nmi_view {
	unsigned int taken; /* 1 + the view that the running NMI began with; 0: none yet */
	bool held; /* an NMI waits before its first redirected call */
};
DECLARE_PER_CPU(struct nmi_view, kpatch_nmi_view);
void nmi_watch(int worker); /* the CPU that switches; it is never held */
void nmi_unwatch(void);
void nmi_hold(bool on);

#endif /* KPATCH_REDIRECT_H */
