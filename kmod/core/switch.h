/* SPDX-License-Identifier: GPL-2.0-only */
/* Stopping the machine, and the one moment. */
#ifndef KPATCH_SWITCH_H
#define KPATCH_SWITCH_H

#include "hooks.h"
#include "stacks.h"

struct machine_switch {
	struct stack_check stacks; /* .ranges is the caller's */
	const struct kpatch_hooks *hooks; /* of which check and apply are called */
	bool unpatch; /* they are those for the way back */
	bool check_refused; /* set by switch_try(): the error is what check returned */
	u64 pause_ns; /* how long all CPUs stood still; set by switch_try() */
};

/*
 * switch_try - stop the machine, see that nobody is in the way, and switch the view
 *
 * Returns 0 when switched, -EBUSY with the blockers in stacks, or what the check returned.
 * Everything is as before then. One caller at a time; may sleep.
 */
int switch_try(struct machine_switch *request);

/* In the stop: a thread that stops one of the CPUs. */
bool switch_is_stopper(const struct task_struct *task);

#endif /* KPATCH_SWITCH_H */
