/* SPDX-License-Identifier: GPL-2.0-only */
/* Places that ftrace calls the core at. */
#ifndef KPATCH_ARMINGS_H
#define KPATCH_ARMINGS_H

#include <linux/ftrace.h>
#include <linux/list.h>

/*
 * Places that were armed together. Each arming is a registration of its own: only when it
 * registers, ftrace asks BPF trampolines at these places to share them (kernel/trace/ftrace.c,
 * prepare_direct_functions_for_ipmodify()). To places that are added to a filter later it does not,
 * and a trampoline with a program at the function's exit would go on to call the old function.
 */
struct arming {
	struct ftrace_ops ops;
	size_t count; /* of its places */
	bool stale; /* one has gone with its module and could not be taken out: never touched again */
	struct list_head list;
};

/* All of them. */
extern struct list_head armings;

/*
 * arming_add - have ftrace call @func at @count places, and nobody else change where they lead
 *
 * ERR_PTR(-EBUSY): somebody else does that at one of them.
 */
struct arming *arming_add(ftrace_func_t func, unsigned long *places, size_t count);

/* Take @count of its places out of it; with all of them the arming is gone. 0 or an error code. */
int arming_remove(struct arming *arming, unsigned long *places, size_t count);

#endif /* KPATCH_ARMINGS_H */
