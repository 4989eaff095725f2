/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The only place in the core module that knows kernels differ. What can be asked of the
 * headers is asked of them, so that a backport in a distribution's kernel does not matter.
 */
#ifndef KPATCH_CORE_COMPAT_H
#define KPATCH_CORE_COMPAT_H

#include <linux/ftrace.h>
#include <linux/module.h>
#include <linux/version.h>

#ifndef CONFIG_HAVE_STATIC_CALL
#error "the core module needs static calls: it must not call the kernel through a pointer"
#endif
#if !defined(CONFIG_HAVE_RELIABLE_STACKTRACE) || !defined(CONFIG_DYNAMIC_FTRACE_WITH_REGS)
#error "the core module needs reliable stack traces and ftrace with registers"
#endif

#ifdef CONFIG_PREEMPT_RT
#error "not for real-time kernels: there who holds a spinning lock, or runs a softirq, can be preempted"
#endif

/* Linux 6.12 (arch/x86/include/asm/ftrace.h): a new name for the same thing. */
#ifdef ftrace_regs_set_instruction_pointer
#define kpatch_set_ip ftrace_regs_set_instruction_pointer
#else
#define kpatch_set_ip ftrace_instruction_pointer_set
#endif

/*
 * With arguments in every trampoline the instruction pointer is there too
 * (kernel/livepatch/patch.c, klp_patch_func(), asks for the registers otherwise).
 */
#ifdef CONFIG_HAVE_DYNAMIC_FTRACE_WITH_ARGS
#define KPATCH_FTRACE_REGS 0
#else
#define KPATCH_FTRACE_REGS FTRACE_OPS_FL_SAVE_REGS
#endif

/* Text of a module that stays when its init has run; one array of memories since Linux 6.4. */
static inline unsigned long kpatch_module_text(const struct module *mod, unsigned long *size)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)
	*size = mod->mem[MOD_TEXT].size;
	return (unsigned long)mod->mem[MOD_TEXT].base;
#else
	*size = mod->core_layout.text_size;
	return (unsigned long)mod->core_layout.base;
#endif
}

/* Constant data of a module, where its notes are. In 6.1 it follows the text. */
static inline const char *kpatch_module_constants(const struct module *mod, unsigned long *size)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)
	*size = mod->mem[MOD_RODATA].size;
	return mod->mem[MOD_RODATA].base;
#else
	*size = mod->core_layout.ro_size;
	return mod->core_layout.base;
#endif
}

/* Binary files of sysfs: attributes, and lists of them, are const since Linux 6.16. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 16, 0)
#define KPATCH_BIN_ATTRIBUTE const struct bin_attribute
#define KPATCH_BIN_CONST     const
#else
#define KPATCH_BIN_ATTRIBUTE struct bin_attribute
#define KPATCH_BIN_CONST
#endif

#endif /* KPATCH_CORE_COMPAT_H */
