/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The only place that knows kernels differ. What can be asked of the headers is asked
 * of them, so that a backport in a distribution's kernel does not matter.
 */
#ifndef KPATCH_COMPAT_H
#define KPATCH_COMPAT_H

#include <linux/printk.h>
#include <linux/workqueue.h>

/* printk() became a macro around _printk() in Linux 5.15 (include/linux/printk.h). */
#ifdef printk
#define KPATCH_PRINTK_FUNCTION _printk
#else
#define KPATCH_PRINTK_FUNCTION printk
#endif

/*
 * The retpoline option was renamed in Linux 6.9 (arch/x86/Kconfig); the module
 * loader looks for the same modinfo key as before (kernel/module/main.c).
 */
#if defined(CONFIG_RETPOLINE) || defined(CONFIG_MITIGATION_RETPOLINE)
#define KPATCH_RETPOLINE
#endif

/*
 * The type of the GNU build-id note (ELF gABI extension of binutils). Linux 6.1 has it as a
 * private constant of lib/buildid.c only.
 */
#ifndef NT_GNU_BUILD_ID
#define NT_GNU_BUILD_ID 3
#endif

/*
 * Wait for what schedule_work() has queued. Which queue that is the macro knows (system_wq in
 * Linux 6.1, system_percpu_wq later), which warns when it is used from Linux 6.6 on, and is to go.
 */
static inline void kpatch_flush_works(void)
{
#ifdef flush_scheduled_work
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wattribute-warning"
	flush_scheduled_work();
#pragma GCC diagnostic pop
#else
	__flush_workqueue(system_percpu_wq);
#endif
}

#endif /* KPATCH_COMPAT_H */
