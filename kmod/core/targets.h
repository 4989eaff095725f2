/* SPDX-License-Identifier: GPL-2.0-only */
/* Functions in modules, which come and go under a patch. */
#ifndef KPATCH_TARGETS_H
#define KPATCH_TARGETS_H

#include <linux/module.h>
#include <linux/types.h>

struct kpatch;
struct code_ranges;

/* Where a function of a patch is. */
struct target {
	const struct module *mod; /* NULL: in the kernel itself, or in a module that is not there */
	unsigned long address; /* 0: in a module that is not there */
};

/*
 * targets_find - find all functions that are there, and apply what refers to their modules
 *
 * With kpatch_lock held, as all that follows. 0, or an error code and a line in the kernel log.
 */
int targets_find(struct kpatch *patch);
void targets_forget(struct kpatch *patch);

/* The old code of functions in modules, with its unlikely parts; at most so many ranges. */
size_t targets_count_ranges(const struct kpatch *patch);
void targets_add_ranges(const struct kpatch *patch, struct code_ranges *ranges);

/* Follow the coming and going of modules. 0 or an error code. */
int targets_watch(void);
void targets_unwatch(void);

#endif /* KPATCH_TARGETS_H */
