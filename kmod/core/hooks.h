/* SPDX-License-Identifier: GPL-2.0-only */
/* The functions of a patch that are called around the switch. */
#ifndef KPATCH_HOOKS_H
#define KPATCH_HOOKS_H

#include "kpatch-core.h"

/*
 * hooks_call - call those of one kind
 *
 * The only calls through pointers in the core: patch modules keep the ENDBR of functions whose
 * address is in a record. Returns what pre and check say; 0 for the others.
 */
int hooks_call(const struct kpatch_hooks *hooks, enum kpatch_hook kind, bool unpatch);

#endif /* KPATCH_HOOKS_H */
