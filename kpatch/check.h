/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KPATCH_CHECK_H
#define KPATCH_CHECK_H

#include "kpatch/modfile.h"
#include "kpatch/status.h"

/*
 * Everything that can be known beforehand against loading @file into the running kernel. Returns
 * STATUS_OK, or another status after one message on standard error.
 */
enum status check_module(const struct modfile *file);

/* Made for the running kernel, by its build-id: the first of those checks alone. */
enum status check_build_id(const struct modfile *file);

/* Made for a kernel of this build-id, or not telling one. Says nothing. */
bool check_is_for_this_kernel(const struct modfile *file);

#endif /* KPATCH_CHECK_H */
