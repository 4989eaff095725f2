/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * KPATCH_SYSCALL_DEFINE1 to 6: use instead of SYSCALL_DEFINEn around a system call whose
 * body changes. SYSCALL_DEFINEn puts the body into an inline function, which the kernel
 * compiles without the entry that redirecting needs (__do_sys_NAME is notrace through
 * `inline`, include/linux/compiler_types.h), and gcc does not always inline it. Here the
 * body becomes a new function of its own, and what changes is its caller. The barrier
 * keeps the call from becoming a jump: the kernel's stack check finds a task that
 * sleeps in the new function through the caller.
 */
#ifndef KPATCH_SYSCALL_H
#define KPATCH_SYSCALL_H

#include <linux/syscalls.h>

#include "kpatch-macros.h"

#define KPATCH_SYSCALL_DEFINEx(count, name, ...)                                             \
	static long kpatch_do_sys##name(__MAP(count, __SC_DECL, __VA_ARGS__));               \
	SYSCALL_DEFINEx(count, name, __VA_ARGS__)                                            \
	{                                                                                    \
		long kpatch_ret = kpatch_do_sys##name(__MAP(count, __SC_ARGS, __VA_ARGS__)); \
		barrier();                                                                   \
		return kpatch_ret;                                                           \
	}                                                                                    \
	static long kpatch_do_sys##name(__MAP(count, __SC_DECL, __VA_ARGS__))

#define KPATCH_SYSCALL_DEFINE1(name, ...) KPATCH_SYSCALL_DEFINEx(1, _##name, __VA_ARGS__)
#define KPATCH_SYSCALL_DEFINE2(name, ...) KPATCH_SYSCALL_DEFINEx(2, _##name, __VA_ARGS__)
#define KPATCH_SYSCALL_DEFINE3(name, ...) KPATCH_SYSCALL_DEFINEx(3, _##name, __VA_ARGS__)
#define KPATCH_SYSCALL_DEFINE4(name, ...) KPATCH_SYSCALL_DEFINEx(4, _##name, __VA_ARGS__)
#define KPATCH_SYSCALL_DEFINE5(name, ...) KPATCH_SYSCALL_DEFINEx(5, _##name, __VA_ARGS__)
#define KPATCH_SYSCALL_DEFINE6(name, ...) KPATCH_SYSCALL_DEFINEx(6, _##name, __VA_ARGS__)

#endif /* KPATCH_SYSCALL_H */
