// SPDX-License-Identifier: GPL-2.0-only
/*
 * One CPU does the work; the others wait in a loop, with interrupts off, and say which round
 * they have seen. That word is written by the task, not by an NMI, so when a CPU
 * has said it, no NMI that began before the round runs there any more. doc/core-module.md argues
 * why an NMI sees one view only.
 */
#include <linux/atomic.h>
#include <linux/cpumask.h>
#include <linux/nmi.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/stop_machine.h>
#include <linux/timekeeping.h>

#include "redirect.h"
#include "switch.h"

enum round {
	ROUND_NONE,
	ROUND_WATCH, /* NMIs note the view that they begin with */
	ROUND_HOLD, /* those that have none yet wait */
	ROUND_SWITCHED,
	ROUND_DONE, /* leave the loop */
};

struct stop {
	struct machine_switch *request;
	atomic_t worker; /* the CPU that does the work, -1: none yet */
	enum round round;
};

static DEFINE_PER_CPU(enum round, seen_round);
static DEFINE_PER_CPU(struct task_struct *, stopper);

bool switch_is_stopper(const struct task_struct *task)
{
	return per_cpu(stopper, task_cpu(task)) == task;
}

static void follow(struct stop *stop)
{
	enum round round;

	do {
		round = smp_load_acquire(&stop->round);
		/* The task runs, so the NMI that took a view is over. */
		this_cpu_write(kpatch_nmi_view.taken, 0);
		smp_store_release(this_cpu_ptr(&seen_round), round);
		touch_nmi_watchdog();
		cpu_relax();
	} while (round != ROUND_DONE);
}

/* Until every other CPU has seen the round or, where @or_held, waits in an NMI that has no view. */
static void begin_round(struct stop *stop, enum round round, bool or_held)
{
	int cpu;

	smp_store_release(&stop->round, round);
	for_each_online_cpu (cpu) {
		if (cpu == smp_processor_id())
			continue;
		while (smp_load_acquire(per_cpu_ptr(&seen_round, cpu)) != round) {
			if (or_held && READ_ONCE(per_cpu(kpatch_nmi_view, cpu).held))
				break;
			cpu_relax();
		}
	}
}

static void switch_now(struct stop *stop)
{
	struct machine_switch *request = stop->request;

	nmi_hold(true);
	begin_round(stop, ROUND_HOLD, true);
	hooks_call(request->hooks, KPATCH_HOOK_APPLY, request->unpatch);
	view_switch();
	nmi_hold(false);
	begin_round(stop, ROUND_SWITCHED, false);
}

static int work(struct stop *stop)
{
	struct machine_switch *request = stop->request;
	u64 begin = ktime_get_mono_fast_ns();
	int err;

	nmi_watch(smp_processor_id());
	begin_round(stop, ROUND_WATCH, false);
	err = stacks_check(&request->stacks);
	if (!err) {
		err = hooks_call(request->hooks, KPATCH_HOOK_CHECK, request->unpatch);
		request->check_refused = err;
	}
	if (!err)
		switch_now(stop);
	nmi_unwatch();
	smp_store_release(&stop->round, ROUND_DONE);
	request->pause_ns = ktime_get_mono_fast_ns() - begin;
	return err;
}

/* Runs on every CPU, in its stopper thread, with interrupts off. */
static int stopped(void *data)
{
	struct stop *stop = data;
	int cpu = smp_processor_id();

	this_cpu_write(kpatch_nmi_view.taken, 0);
	this_cpu_write(stopper, current);
	if (atomic_cmpxchg(&stop->worker, -1, cpu) == -1)
		return work(stop);
	follow(stop);
	return 0;
}

int switch_try(struct machine_switch *request)
{
	struct stop stop = { .request = request, .worker = ATOMIC_INIT(-1) };
	int cpu;

	for_each_possible_cpu (cpu)
		per_cpu(seen_round, cpu) = ROUND_NONE;
	return stop_machine(stopped, &stop, cpu_online_mask);
}
