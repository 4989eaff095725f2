// SPDX-License-Identifier: GPL-2.0-only
/*
 * Functions that a DO_ONCE() calls (linux/once.h). Its flag is the kernel's, and may say that the
 * old ones have been called: then the new ones never are. What is done without a call has to be the
 * same, see correlate-once.h.
 */
#include "arch/arch.h"
#include "check.h"
#include "kinds.h"
#include "once-work.h"
#include "report.h"
#include "users.h"
#include "util.h"

#include <stdlib.h>

/* What the DO_ONCE()s of the original do, and still do. */
struct once_calls {
	struct diff *diff;
	struct object *obj; /* the patched one */
	const struct rela **calls; /* all that they refer to, by place in memory */
	size_t nr, max;
	bool *only; /* by section: functions that nothing but such calls leads to */
};

static int by_place(const void *a, const void *b)
{
	const struct rela *ra = *(const struct rela *const *)a,
			  *rb = *(const struct rela *const *)b;

	return ra < rb ? -1 : ra > rb;
}

static bool is_at_entry(const struct object *obj, const struct rela *rela)
{
	return rela->target_offset == (int64_t)entry_offset(obj, &obj->sections[rela->target]);
}

static bool is_kept_state(const struct object *obj, const struct rela *rela)
{
	const struct section *target = &obj->sections[rela->target];
	const struct symbol *sym = covering_symbol(obj, target);

	return rela->target && target->kind == KIND_DATA && sym && sym->twin && is_once_state(sym);
}

static void read_calls(struct once_calls *once)
{
	const struct section *sec;
	const struct rela *rela;
	struct once_work work;
	size_t i;

	for_each_section (once->obj, sec) {
		if (sec->split || !(sec->shdr.sh_flags & SHF_EXECINSTR))
			continue;
		for_each_rela (sec, rela) {
			if (!is_kept_state(once->obj, rela))
				continue;
			read_once_work(once->obj, sec, rela, &work);
			for (i = 0; i < work.nr; i++) {
				if (!work.step[i].rela)
					continue;
				grow(once->calls, once->nr, once->max);
				once->calls[once->nr++] = work.step[i].rela;
			}
			free(work.step);
		}
	}
	if (once->nr)
		qsort(once->calls, once->nr, sizeof(*once->calls), by_place);
}

static bool is_of_once(const struct once_calls *once, const struct rela *rela)
{
	return bsearch(&rela, once->calls, once->nr, sizeof(*once->calls), by_place);
}

/* A reference of the function itself or of its table entries says nothing. */
static bool is_own(const struct once_calls *once, uint32_t function, const struct user *user)
{
	const struct object *obj = once->obj;
	const struct section *from = &obj->sections[user->section];

	/* an alternative's code goes back into the middle of the function that it is for */
	return function_of(obj, user->section) == function ||
	       (from->kind == KIND_SNIPPET && !is_at_entry(obj, &from->relas[user->rela]));
}

/* By a DO_ONCE(), or by what is done nowhere else. */
static bool is_done_once(const struct once_calls *once, const struct user *user)
{
	const struct section *from = &once->obj->sections[user->section];
	const struct rela *rela = &from->relas[user->rela];

	return arch_x86_64.is_branch(from, rela) && is_at_entry(once->obj, rela) &&
	       (once->only[function_of(once->obj, user->section)] || is_of_once(once, rela));
}

/* Init code of the kernel itself has run as well. */
static bool has_run(const struct once_calls *once, const struct user *user)
{
	const struct section *from = &once->obj->sections[user->section];

	return from->kind == KIND_INIT && patches_vmlinux(once->diff) &&
	       arch_x86_64.is_branch(from, &from->relas[user->rela]);
}

static bool is_only_done(const struct once_calls *once, uint32_t function)
{
	const struct user *users;
	bool done = false;
	size_t nr, i;

	users = find_users(once->obj, function, &nr);
	for (i = 0; i < nr; i++) {
		if (is_done_once(once, &users[i]))
			done = true;
		else if (!is_own(once, function, &users[i]) && !has_run(once, &users[i]))
			return false;
	}
	return done && is_private(once->obj, function) && !is_stored(once->obj, function);
}

static void find_only(struct once_calls *once)
{
	const struct section *sec;
	bool more = true;

	while (more) {
		more = false;
		for_each_section (once->obj, sec) {
			uint32_t index = section_index(once->obj, sec);

			if (sec->split || sec->kind != KIND_TEXT || sec->owner ||
			    once->only[index] || !is_only_done(once, index))
				continue;
			once->only[index] = more = true;
		}
	}
}

static bool is_called(const struct once_calls *once, uint32_t function)
{
	const struct user *users;
	size_t nr, i;

	users = find_users(once->obj, function, &nr);
	for (i = 0; i < nr; i++) {
		const struct section *from = &once->obj->sections[users[i].section];
		const struct rela *rela = &from->relas[users[i].rela];

		if (arch_x86_64.is_branch(from, rela) && is_of_once(once, rela))
			return true;
	}
	return false;
}

static void judge(const struct once_calls *once, const struct section *sec)
{
	uint32_t function = section_index(once->obj, sec);

	if (once->only[function])
		finding_at(once->diff, "once-work-changed", spot_of(once->diff, sec),
			   "leave it as it is, and do what is new in a callback "
			   "(KPATCH_PRE_PATCH_CALLBACK)",
			   "%s changed, but only a DO_ONCE() calls it, which the kernel may have "
			   "done already, so that the new one would never run",
			   section_label(once->obj, sec));
	else if (is_called(once, function))
		warning_at(once->diff, "once-done", spot_of(once->diff, sec),
			   "where that matters, do it in a callback (KPATCH_PRE_PATCH_CALLBACK)",
			   "%s changed, and a DO_ONCE() calls it; what the kernel has done that "
			   "way is not done again",
			   section_label(once->obj, sec));
}

/* One that cannot be redirected is new where its callers are replaced (callers.c). */
static bool is_changed_function(const struct section *sec)
{
	return sec->carried && !sec->split && sec->kind == KIND_TEXT && !sec->owner && sec->twin &&
	       sec->status != STATUS_SAME;
}

void check_once(struct diff *diff)
{
	struct object *obj = &diff->patched;
	struct once_calls once = { .diff = diff, .obj = obj };
	const struct section *sec;

	read_calls(&once);
	if (once.nr) {
		once.only = xcalloc(obj->nr_sections, sizeof(*once.only));
		find_only(&once);
		for_each_section (obj, sec) {
			if (is_changed_function(sec))
				judge(&once, sec);
		}
	}
	free(once.only);
	free(once.calls);
}
