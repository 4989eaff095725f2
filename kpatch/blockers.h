/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KPATCH_BLOCKERS_H
#define KPATCH_BLOCKERS_H

#include <stdbool.h>

/*
 * Say on standard error which tasks keep the livepatch @name from becoming patched (or, with
 * @patched false, unpatched): one line a task, with its pid, its command, and the function of the
 * patch that it sleeps in.
 */
void blockers_show(const char *name, bool patched);

#endif /* KPATCH_BLOCKERS_H */
