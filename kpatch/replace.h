/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KPATCH_REPLACE_H
#define KPATCH_REPLACE_H

#include "kpatch/files.h"
#include "kpatch/modfile.h"

/*
 * A livepatch in replace mode takes the place of all @others that were enabled before it.
 */

/* Before loading: say which ones, and that their unpatch callbacks will not run. */
void replace_announce(const struct modfile *file, const struct names *others);

/*
 * After the transition: name those that were replaced. Their modules are not removed: the kernel
 * may have kept a pointer to a string of theirs.
 */
void replace_tell_replaced(const struct names *others);

/* The same for one of them, of either back end. */
void replace_tell_stays(const char *name);

#endif /* KPATCH_REPLACE_H */
