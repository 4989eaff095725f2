/* SPDX-License-Identifier: GPL-2.0-only */
/* Functions that are never without a task in them: for the core module, and for the tools. */
#ifndef KPATCH_ALWAYS_ACTIVE_H
#define KPATCH_ALWAYS_ACTIVE_H

/* On the stack of all that sleep, or of threads that wait for work: as names for an array. */
#define ALWAYS_ASLEEP                                                                         \
	"__schedule", "schedule", "schedule_timeout", "kthread", "kthreadd", "ret_from_fork", \
		"smpboot_thread_fn", "worker_thread", "rescuer_thread", "rcu_gp_kthread",     \
		"kswapd", "kcompactd"

/*
 * And on those of the idle tasks and of the stop itself. A patch of one, or one that may not
 * meet one, would be tried in vain until its time is over.
 */
static const char *const always_active[] = {
	ALWAYS_ASLEEP,	      "schedule_idle",		 "do_idle",	      "cpu_startup_entry",
	"stop_machine",	      "stop_machine_cpuslocked", "stop_cpus",	      "multi_cpu_stop",
	"cpu_stopper_thread", "wait_for_completion",	 "__wait_for_common",
};

#endif /* KPATCH_ALWAYS_ACTIVE_H */
