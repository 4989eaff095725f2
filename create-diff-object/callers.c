// SPDX-License-Identifier: GPL-2.0-only
/*
 * A function without a call to the tracer cannot be redirected, but its callers can. Where all
 * that refers to it are calls of this object, those callers are replaced, and it is carried as a
 * function that is new; init code of the kernel itself has run, and does not count. The body of a
 * system call that the compiler did not inline is one of these (__do_sys_NAME, notrace through
 * `inline`, include/linux/compiler_types.h of Linux 6.1).
 *
 * The kernel's stack check finds a task in the old one through the caller, which is on the stack
 * behind a call. Behind a jump it is not: such a task goes on in the old code for as long as it is
 * there. With functions that change together that is no good, and so it is done only where nothing
 * else is replaced, with a warning. The new function stands behind a single caller (expand.c); the
 * jumps of several are refused by check_tail_calls(), and kpatch-build makes calls of them.
 */
#include "arch/arch.h"
#include "kinds.h"
#include "passes.h"
#include "report.h"
#include "users.h"
#include "util.h"

#include <stdlib.h>
#include <string.h>

/* What is found out about one function; of each section of the original, true where it is meant. */
struct lift {
	bool *bodies; /* functions that cannot be redirected */
	bool *callers; /* functions to be replaced instead */
	bool jump; /* one of the bodies is reached by a jump */
};

static bool can_be_redirected(const struct object *obj, uint32_t index)
{
	return arch_x86_64.has_fentry(obj, &obj->sections[index]);
}

static size_t count(const bool *marks, size_t nr)
{
	size_t i, found = 0;

	for (i = 0; i < nr; i++)
		found += marks[i];
	return found;
}

static bool lift_one(const struct diff *diff, struct lift *lift, uint32_t index);

/* A function of the original that calls: it is replaced, or cannot be redirected either. */
static bool take_caller(const struct diff *diff, struct lift *lift, uint32_t caller)
{
	const struct section *sec = &diff->orig.sections[caller];

	if (sec->kind != KIND_TEXT || !sec->twin || !sec->symbol ||
	    is_cold_part(section_label(&diff->orig, sec)) ||
	    diff->patched.sections[sec->twin].kind != KIND_TEXT)
		return false;
	if (!can_be_redirected(&diff->orig, caller))
		return lift_one(diff, lift, caller);
	lift->callers[caller] = true;
	return true;
}

/* Of the kernel itself; a module's init code runs whenever it is loaded. */
static bool has_run(const struct diff *diff, const struct section *sec)
{
	return sec->kind == KIND_INIT && patches_vmlinux(diff);
}

/* Is this reference, of code or of a table, one that replacing the caller takes care of? */
static bool take_user(const struct diff *diff, struct lift *lift, uint32_t body, uint32_t from,
		      const struct rela *rela)
{
	const struct object *obj = &diff->orig;
	const struct section *sec = &obj->sections[from];
	uint32_t function = function_of(obj, from);
	bool entry = rela->target_offset == (int64_t)entry_offset(obj, &obj->sections[body]);

	/* an alternative's code goes back into the middle of the function that it is for */
	if (function == body || (sec->kind == KIND_SNIPPET && !entry))
		return true;
	if (!arch_x86_64.is_branch(sec, rela) || !entry)
		return false;
	if (has_run(diff, sec))
		return true;
	if (sec->kind != KIND_TEXT)
		return false;
	lift->jump |= !arch_x86_64.is_call(sec, rela);
	return take_caller(diff, lift, function);
}

/* Adds what has to be replaced for a function of the original; false where that is not enough. */
static bool lift_one(const struct diff *diff, struct lift *lift, uint32_t index)
{
	const struct object *obj = &diff->orig;
	const struct section *sec = &obj->sections[index];
	const struct user *users;
	size_t i, nr;

	if (lift->bodies[index])
		return true;
	lift->bodies[index] = true;
	if (sec->kind != KIND_TEXT || sec->owner || !sec->twin || !is_private(obj, index) ||
	    !is_private(&diff->patched, sec->twin) || is_stored(obj, index))
		return false;
	users = find_users((struct object *)obj, index, &nr);
	for (i = 0; i < nr; i++) {
		const struct section *from = &obj->sections[users[i].section];

		if (!take_user(diff, lift, index, users[i].section, &from->relas[users[i].rela]))
			return false;
	}
	return nr;
}

/* Is anything replaced but the callers and what they call? */
static bool is_alone(const struct diff *diff, const struct lift *lift)
{
	const struct section *sec;

	for_each_section (&diff->patched, sec) {
		if (!sec->split && sec->kind == KIND_TEXT && sec->status == STATUS_CHANGED &&
		    !sec->owner && !lift->bodies[sec->twin] && !lift->callers[sec->twin])
			return false;
	}
	return true;
}

static void apply(struct diff *diff, const struct lift *lift)
{
	struct object *obj = &diff->patched;
	struct section *sec;

	for_each_section (obj, sec) {
		if (!sec->twin || sec->split)
			continue;
		if (lift->bodies[sec->twin]) {
			if (!count(lift->callers, diff->orig.nr_sections))
				note_at(diff, "only-init-code", spot_of(diff, sec), NULL,
					"%s changed, and is called by init code alone, which has "
					"run already: nothing to do on a running kernel",
					section_label(obj, sec));
			else if (lift->jump)
				warning_at(diff, "body-unseen", spot_of(diff, sec),
					   "make sure that old and new code may run at the same "
					   "time",
					   "%s cannot be redirected, so its callers are replaced; "
					   "a task "
					   "that is in the old one goes on there",
					   section_label(obj, sec));
			sec->status = STATUS_NEW;
		} else if (lift->callers[sec->twin] && sec->status != STATUS_CHANGED) {
			sec->status = STATUS_CHANGED;
			sec->reason = (struct reason){ "calls what cannot be redirected", 0, NULL };
		}
	}
}

static bool wants_callers(const struct diff *diff, const struct section *sec)
{
	const struct section *orig = &diff->orig.sections[sec->twin];

	return !sec->split && sec->kind == KIND_TEXT && sec->status == STATUS_CHANGED &&
	       !sec->owner && sec->symbol && sec->twin && orig->kind == KIND_TEXT &&
	       !can_be_redirected(&diff->orig, sec->twin);
}

void replace_callers(struct diff *diff)
{
	size_t nr = diff->orig.nr_sections;
	struct section *sec;

	for_each_section (&diff->patched, sec) {
		struct lift lift = { 0 };

		if (!wants_callers(diff, sec))
			continue;
		lift.bodies = xcalloc(nr, sizeof(*lift.bodies));
		lift.callers = xcalloc(nr, sizeof(*lift.callers));
		if (lift_one(diff, &lift, sec->twin) && (!lift.jump || is_alone(diff, &lift)))
			apply(diff, &lift);
		free(lift.bodies);
		free(lift.callers);
	}
}
