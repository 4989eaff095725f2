/* SPDX-License-Identifier: GPL-2.0-only */
/* Patches are made for one build of a kernel. */
#ifndef KPATCH_CORE_BUILD_ID_H
#define KPATCH_CORE_BUILD_ID_H

#include <linux/module.h>

#include "kpatch-info.h"

/* 0, or -EINVAL and a line in the kernel log. */
int build_id_check(const struct module *mod, const volatile struct kpatch_info *info);

/*
 * Whether @mod is the build of it that the patch is for, or nothing is known about it: 0, or
 * -EINVAL and a line in the kernel log.
 */
int build_id_check_target(const struct module *patch, const struct kpatch_module_record *modules,
			  const struct module *mod);

/*
 * Look at patch modules before the kernel uses what they refer to. Their references to vmlinux
 * are distances that hold for one build only, and jump labels and static calls are followed
 * before a module's init could check anything.
 */
int build_id_watch(void);
void build_id_unwatch(void);

#endif /* KPATCH_CORE_BUILD_ID_H */
