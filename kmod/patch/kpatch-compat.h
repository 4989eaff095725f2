/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The only place that knows kernels differ. What can be asked of the headers is asked
 * of them, so that a backport in a distribution's kernel does not matter.
 */
#ifndef KPATCH_COMPAT_H
#define KPATCH_COMPAT_H

#include <linux/printk.h>

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

#endif /* KPATCH_COMPAT_H */
