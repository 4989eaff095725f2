/* SPDX-License-Identifier: GPL-2.0-only */
/* Stopping the machine, and the one moment. */
#ifndef KPATCH_SWITCH_H
#define KPATCH_SWITCH_H

#include "stacks.h"

struct machine_switch {
	struct stack_check stacks; /* .ranges is the caller's */
	/* Called while the machine is stopped, with @context; NULL: nothing to call. */
	int (*check)(void *context); /* an error code leaves everything as it is */
	void (*apply)(void *context); /* converts data, right before the switch */
	void *context;
	u64 pause_ns; /* how long all CPUs stood still; set by switch_try() */
};

/*
 * switch_try - stop the machine, see that nobody is in the way, and switch the view
 *
 * Returns 0 when switched, -EBUSY with the blockers in stacks, or what the check returned.
 * Everything is as before then. One caller at a time; may sleep.
 */
int switch_try(struct machine_switch *request);

#endif /* KPATCH_SWITCH_H */
