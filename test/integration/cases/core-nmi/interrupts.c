// SPDX-License-Identifier: GPL-2.0-only
/*
 * Interrupts and NMIs that see whether two functions agree. In a module of their own: the thread
 * that makes them must not be in the text of the patch.
 */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/smp.h>
#include <asm/apic.h>
#include <asm/nmi.h>

#include "interrupts.h"

#define LONG 300 /* pauses in the middle of every other NMI */

struct interrupt_counts counts;
EXPORT_SYMBOL_GPL(counts);
struct interrupt_wishes wishes = { .held_cpu = -1 };
EXPORT_SYMBOL_GPL(wishes);
DEFINE_PER_CPU(struct nmi_state, nmi_state);
EXPORT_PER_CPU_SYMBOL_GPL(nmi_state);

static struct task_struct *thread;

void interrupts_failed(const char *what)
{
	atomic_inc(&counts.failed);
	pr_err("kpatch-nmi: failed: %s\n", what);
}
EXPORT_SYMBOL_GPL(interrupts_failed);

static enum version see(unsigned int wait)
{
	unsigned long first = lcm(0, ASKED), second, third;

	while (wait--)
		cpu_relax();
	second = lcm_not_zero(0, ASKED);
	third = lcm(0, ASKED);
	if (first == 0 && second == ASKED && third == 0)
		return OLD;
	if (first == NEW_LCM && second == NEW_LNZ && third == NEW_LCM)
		return NEW;
	atomic_inc(&counts.mixed);
	return MIXED;
}

static int on_nmi(unsigned int type, struct pt_regs *regs)
{
	struct nmi_state *mine = this_cpu_ptr(&nmi_state);

	WRITE_ONCE(mine->begun, mine->begun + 1);
	mine->last = see(READ_ONCE(wishes.pauses));
	atomic_inc(&counts.nmis);
	if (READ_ONCE(wishes.held_cpu) == smp_processor_id()) {
		wishes.held_cpu = -1;
		if (mine->last == wishes.held_sees)
			atomic_inc(&counts.held);
		else
			interrupts_failed("an NMI that had to wait did not begin with what holds "
					  "now");
	}
	smp_store_release(&mine->done, mine->done + 1);
	return NMI_HANDLED;
}

void send_nmi(int cpu)
{
	apic->send_IPI(cpu, NMI_VECTOR);
}
EXPORT_SYMBOL_GPL(send_nmi);

int next_cpu(void)
{
	int cpu = cpumask_next(smp_processor_id(), cpu_online_mask);

	return cpu < nr_cpu_ids ? cpu : cpumask_first(cpu_online_mask);
}
EXPORT_SYMBOL_GPL(next_cpu);

static void on_interrupt(void *unused)
{
	see(10);
	atomic_inc(&counts.interrupts);
	send_nmi(next_cpu());
}

static int interrupt_all(void *unused)
{
	while (!kthread_should_stop()) {
		WRITE_ONCE(wishes.pauses, READ_ONCE(wishes.pauses) ? 0 : LONG);
		on_each_cpu(on_interrupt, NULL, 1);
		usleep_range(300, 600);
	}
	return 0;
}

int interrupts_start(void)
{
	int enough = atomic_read(&counts.interrupts) + 20;

	thread = kthread_run(interrupt_all, NULL, "kpatch-nmi");
	if (IS_ERR(thread))
		return PTR_ERR(thread);
	/* What follows must not be over before they have come at all. */
	while (atomic_read(&counts.interrupts) < enough)
		msleep(1);
	return 0;
}
EXPORT_SYMBOL_GPL(interrupts_start);

void interrupts_stop(void)
{
	kthread_stop(thread);
}
EXPORT_SYMBOL_GPL(interrupts_stop);

static int __init interrupts_init(void)
{
	return register_nmi_handler(NMI_LOCAL, on_nmi, 0, "kpatch-nmi");
}

static void __exit interrupts_exit(void)
{
	/* An NMI that was sent and has not come yet would be nobody's. */
	msleep(100);
	unregister_nmi_handler(NMI_LOCAL, "kpatch-nmi");
}

module_init(interrupts_init);
module_exit(interrupts_exit);
MODULE_LICENSE("GPL");
