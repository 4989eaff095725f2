/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Calls that can fail, and that a test makes fail one after the other: built with KPATCH_FAULTS=y
 * the module has a parameter "fault_at", which counts down with each such call, and the one
 * that makes it 0 does not happen.
 */
#ifndef KPATCH_FAULT_H
#define KPATCH_FAULT_H

#ifdef KPATCH_FAULTS
#include <linux/types.h>

bool fault(void);
#define may_fail(call, failure) (fault() ? (failure) : (call))
#else
#define may_fail(call, failure) (call)
#endif

#endif /* KPATCH_FAULT_H */
