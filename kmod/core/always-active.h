/* SPDX-License-Identifier: GPL-2.0-only */
/* Functions that are never without a task in them: for the core module, and create-patch-module. */
#ifndef KPATCH_ALWAYS_ACTIVE_H
#define KPATCH_ALWAYS_ACTIVE_H

/*
 * On some stack always: of the idle tasks, of threads that wait for work, of all that sleep, and
 * of the stop itself. A patch of one, or one that may not meet one, would be tried in vain until
 * its time is over.
 */
static const char *const always_active[] = {
	"__schedule",	      "schedule",
	"schedule_idle",      "do_idle",
	"cpu_startup_entry",  "kthread",
	"kthreadd",	      "ret_from_fork",
	"smpboot_thread_fn",  "worker_thread",
	"rescuer_thread",     "rcu_gp_kthread",
	"stop_machine",	      "stop_machine_cpuslocked",
	"stop_cpus",	      "multi_cpu_stop",
	"cpu_stopper_thread", "wait_for_completion",
	"__wait_for_common",  "schedule_timeout",
};

#endif /* KPATCH_ALWAYS_ACTIVE_H */
