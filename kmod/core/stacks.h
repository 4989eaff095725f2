/* SPDX-License-Identifier: GPL-2.0-only */
/* Which task is in code that must not be active. */
#ifndef KPATCH_STACKS_H
#define KPATCH_STACKS_H

#include <linux/module.h>
#include <linux/sched.h>
#include <linux/types.h>

struct code_range {
	unsigned long start, end;
	const char *name; /* of the function, or of the patch module */
};

/*
 * Functions, sorted; and the text of patch modules that go out of effect, which can hold some of
 * these and also what belongs to no function.
 */
struct code_ranges {
	struct code_range *list;
	size_t count, max;
	struct code_range *texts;
	size_t nr_texts, max_texts;
};

#define BLOCKERS_MAX 16

struct blocker {
	pid_t pid;
	char comm[TASK_COMM_LEN];
	char function[64]; /* cut off if need be; "": the stack cannot be read */
};

struct stack_check {
	const struct code_ranges *ranges;
	unsigned int tasks; /* that were looked at */
	unsigned int blocking;
	struct blocker blockers[BLOCKERS_MAX]; /* the first ones */
};

/* Room for @max functions and @max_texts modules. -ENOMEM; free with ranges_free(). */
int ranges_alloc(struct code_ranges *ranges, size_t max, size_t max_texts);
void ranges_free(struct code_ranges *ranges);
/* @size bytes at @start, and one more: a call that does not return can be the last instruction. */
void ranges_add(struct code_ranges *ranges, unsigned long start, unsigned long size,
		const char *name);
void ranges_add_text(struct code_ranges *ranges, const struct module *mod);
/* When all are there. */
void ranges_sort(struct code_ranges *ranges);

/*
 * stacks_check - look at all tasks, with the machine stopped
 *
 * Fills all of @check but ranges. Returns 0, or -EBUSY when a task is in one of the
 * ranges or cannot be told.
 */
int stacks_check(struct stack_check *check);

#endif /* KPATCH_STACKS_H */
