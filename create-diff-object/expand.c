// SPDX-License-Identifier: GPL-2.0-only
/* What has to be carried, from the changed functions on. */
#include "arch/arch.h"
#include "code-places.h"
#include "kinds.h"
#include "passes.h"
#include "util.h"

#include "kmod/patch/kpatch-info.h"

#include <stdlib.h>

struct work {
	uint32_t *sections;
	size_t nr, max;
	const uint32_t *places; /* find_code_places() */
};

static void carry(struct object *obj, struct work *work, uint32_t index)
{
	struct section *sec = &obj->sections[index];

	if (sec->carried)
		return;
	sec->carried = true;
	grow(work->sections, work->nr, work->max);
	work->sections[work->nr++] = index;
}

static void carry_for(struct object *obj, struct work *work, uint32_t user, const struct rela *rela)
{
	struct section *target = &obj->sections[rela->target];

	if (!target->carried) {
		target->user = user;
		target->user_offset = rela->offset;
	}
	carry(obj, work, rela->target);
}

/* Copies that a carried function brings along, since nothing refers to them by name. */
static bool is_copied(const struct object *obj, const struct section *sec)
{
	return sec->kind == KIND_STRINGS || is_anonymous(obj, sec);
}

/* A function may have several unlikely parts; sec->cold is only one of them. */
static bool is_part_of_carried(const struct object *obj, uint32_t index)
{
	const struct section *sec = &obj->sections[index];

	return sec->kind == KIND_TEXT && sec->owner &&
	       obj->sections[function_of(obj, index)].carried;
}

/* The kernel has a table of labels already, but those are places in the old code. */
static bool is_table_of_carried(const struct object *obj, const struct work *work, uint32_t index)
{
	return obj->sections[index].kind == KIND_RODATA && work->places[index] &&
	       obj->sections[work->places[index]].carried;
}

static void follow(struct object *obj, struct work *work, uint32_t index)
{
	struct section *sec = &obj->sections[index];
	const struct rela *rela;
	size_t i;

	for_each_rela (sec, rela) {
		struct section *target = &obj->sections[rela->target];

		if (!rela->target || rela->target == index)
			continue;
		if (is_copied(obj, target) || (target->status == STATUS_NEW && !target->owner) ||
		    is_part_of_carried(obj, rela->target) ||
		    is_table_of_carried(obj, work, rela->target))
			carry_for(obj, work, index, rela);
	}
	for (i = 0; i < sec->nr_entries; i++)
		carry(obj, work, sec->entries[i]);
	if (sec->cold)
		carry(obj, work, sec->cold);
}

/* A new global may be used by another object of the same patch. */
static bool is_root(const struct object *obj, const struct section *sec)
{
	const struct symbol *sym = covering_symbol(obj, sec);

	if (sec->split)
		return false;
	if (sec->kind == KIND_KPATCH)
		return sec->size && (has_prefix(sec->name, KPATCH_CALLBACKS_PREFIX) ||
				     !strcmp(sec->name, KPATCH_INACTIVE_SECTION));
	if (sec->kind == KIND_TEXT && sec->status == STATUS_CHANGED)
		return !sec->owner;
	return sec->status == STATUS_NEW && sym && sym->bind != STB_LOCAL &&
	       (sec->kind == KIND_TEXT || sec->kind == KIND_DATA || sec->kind == KIND_RODATA);
}

/* Who refers to a new function. */
struct users {
	uint32_t function; /* the section of the only one */
	bool several; /* there are more, or its address is stored */
	bool jump; /* by a jump: a tail call */
};

static void note_user(const struct object *obj, const struct section *from, const struct rela *rela,
		      struct users *users)
{
	uint32_t function = function_of(obj, section_index(obj, from));

	if (function == rela->target)
		return;
	if (!arch_x86_64.is_branch(from, rela) || (users->function && users->function != function))
		users->several = true;
	users->function = function;
	users->jump |= !arch_x86_64.is_call(from, rela);
}

static bool is_new_function(const struct section *sec)
{
	return sec->carried && sec->kind == KIND_TEXT && sec->status == STATUS_NEW && !sec->owner;
}

/* Returns whether there was anything to absorb. */
static bool absorb_once(struct object *obj)
{
	struct users *users = xcalloc(obj->nr_sections, sizeof(*users));
	struct section *sec;
	const struct rela *rela;
	bool any = false;

	for_each_section (obj, sec) {
		if (!sec->carried)
			continue;
		for_each_rela (sec, rela) {
			if (is_new_function(&obj->sections[rela->target]))
				note_user(obj, sec, rela, &users[rela->target]);
		}
	}
	for_each_section (obj, sec) {
		const struct users *u = &users[section_index(obj, sec)];
		const struct symbol *sym = covering_symbol(obj, sec);

		if (is_new_function(sec) && sym && sym->bind == STB_LOCAL && u->jump &&
		    !u->several && obj->sections[u->function].status == STATUS_CHANGED) {
			sec->owner = u->function;
			any = true;
		}
	}
	free(users);
	return any;
}

/*
 * A new function that its only user reaches by a jump becomes a part of that user, as an
 * unlikely part is: the kernel's stack check would not find a task that sleeps in it,
 * since the function that was replaced is no longer on the stack. A second user could not jump
 * there: objtool takes a jump into the middle of another function for an error. What such a
 * part jumps to is the next.
 */
static void absorb_tail_calls(struct object *obj)
{
	while (absorb_once(obj))
		;
}

void expand(struct diff *diff)
{
	struct object *obj = &diff->patched;
	uint32_t *places = find_code_places(obj);
	struct work work = { .places = places };
	struct section *sec;

	for_each_section (obj, sec) {
		if (is_root(obj, sec))
			carry(obj, &work, section_index(obj, sec));
	}
	while (work.nr)
		follow(obj, &work, work.sections[--work.nr]);
	free(work.sections);
	free(places);
	absorb_tail_calls(obj);
}

bool reference_is_local(const struct object *obj, const struct section *from,
			const struct rela *rela)
{
	const struct section *target = &obj->sections[rela->target];

	if (!rela->target || !target->carried)
		return false;
	if (target->kind != KIND_TEXT || target->status == STATUS_NEW || target->owner)
		return true;
	/* into the middle of a function: only the function itself and its tables do that */
	if (rela->target_offset != (int64_t)entry_offset(obj, target))
		return true;
	if (from->kind == KIND_TABLE && from->owner == rela->target)
		return true;
	return arch_x86_64.is_branch(from, rela);
}
