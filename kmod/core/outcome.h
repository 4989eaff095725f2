/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KPATCH_OUTCOME_H
#define KPATCH_OUTCOME_H

#include "patch.h"

/*
 * outcome_emit - the last operation's outcome as /sys/kernel/kpatch/NAME/result tells it
 *
 * @buffer is sysfs's page. Returns the length. With kpatch_lock held.
 */
int outcome_emit(const struct kpatch *patch, char *buffer);

/*
 * outcome_tell - a line in the kernel log for an operation that came to nothing
 *
 * None for one that was turned back on request. With kpatch_lock held.
 */
void outcome_tell(const struct kpatch *patch);

#endif /* KPATCH_OUTCOME_H */
