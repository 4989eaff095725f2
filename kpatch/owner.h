/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KPATCH_OWNER_H
#define KPATCH_OWNER_H

#include "kpatch/modfile.h"

/*
 * Say why inserting @file failed with @err (a negative errno). Where it is that another one
 * redirects a function of it already ([function-owned]), both are named: a livepatch or patch of
 * the core module by its name, others by what ftrace and kprobes tell. Other
 * refusals by the core module are told in its own words, which @log has (kernel-log.h, or -1).
 */
void owner_explain_insert(const struct modfile *file, int err, int log);

#endif /* KPATCH_OWNER_H */
