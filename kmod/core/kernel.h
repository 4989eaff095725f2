/* SPDX-License-Identifier: GPL-2.0-only */
/* What the kernel does not export to modules. Nothing else in the core looks a name up. */
#ifndef KPATCH_KERNEL_H
#define KPATCH_KERNEL_H

#include <linux/module.h>
#include <linux/sched.h>
#include <linux/static_call.h>
#include <linux/types.h>

/*
 * Direct calls, written into the code by kernel_find(). A call through a pointer would
 * fault on a kernel with IBT: the entries of functions whose address nobody takes are sealed
 * there (arch/x86/kernel/alternative.c, apply_seal_endbr()).
 */
unsigned long kernel_no_location(unsigned long address);
struct task_struct *kernel_no_task(int cpu);
struct module *kernel_no_module(const char *name);
void *kernel_no_poke(void *place, const void *bytes, size_t size);
DECLARE_STATIC_CALL(kpatch_find_module, kernel_no_module);
DECLARE_STATIC_CALL(kpatch_poke, kernel_no_poke);
DECLARE_STATIC_CALL(kpatch_ftrace_location, kernel_no_location);
DECLARE_STATIC_CALL(kpatch_idle_task, kernel_no_task);

/* Where ftrace's call is in the function at @address; 0: ftrace cannot redirect it. */
static inline unsigned long kernel_ftrace_location(unsigned long address)
{
	return static_call(kpatch_ftrace_location)(address);
}

static inline struct task_struct *kernel_idle_task(int cpu)
{
	return static_call(kpatch_idle_task)(cpu);
}

/* The module of that name, unless it is not formed yet or any more; under RCU. */
static inline struct module *kernel_find_module(const char *name)
{
	return static_call(kpatch_find_module)(name);
}

/* Write to the text or the constant data of a module. */
static inline void kernel_poke(void *place, const void *bytes, size_t size)
{
	static_call(kpatch_poke)(place, bytes, size);
}

/* Find everything, at load. 0 or an error code, with a line in the kernel log. */
int kernel_find(void);

/* The build-id of the running kernel; NULL when it has none. */
const u8 *kernel_build_id(size_t *size);

#endif /* KPATCH_KERNEL_H */
