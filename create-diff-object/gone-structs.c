// SPDX-License-Identifier: GPL-2.0-only
#include "gone-structs.h"
#include "type-members.h"
#include "type-places.h"
#include "util.h"

#include <stdlib.h>

/* Also one that has its name by a typedef. */
static bool is_structure(const struct type *type)
{
	return type->kind == STRUCT || type->kind == UNION ||
	       (type->kind == TYPEDEF && type->unnamed);
}

static bool is_new(const struct gone_structs *gone, const struct type *type)
{
	return is_structure(type) && !find_twin(gone->orig, type);
}

/* What a unit does not use is not in its debug information, be it declared or not. */
static bool is_written(const struct types *types, const struct types *others,
		       const struct type *type)
{
	return is_of_unit(types, type) || is_edited(types, others, type);
}

static void list_all(struct gone_structs *gone)
{
	if (gone->listed)
		return;
	gone->listed = true;
	list_holders(&gone->old, gone->orig->dbg);
	list_holders(&gone->new, gone->patched->dbg);
}

static const struct type *structure_at(const struct types *types, Dwarf_Off offset)
{
	size_t i;

	for (i = 0; i < types->nr; i++) {
		if (is_structure(&types->type[i]) && types->type[i].offset == offset)
			return &types->type[i];
	}
	return NULL;
}

/* One of another name that the source may have become: new, at the same place, much the same. */
static const struct type *find_alike(const struct gone_structs *gone, const struct type *old)
{
	struct described a = { (struct layouts *)&gone->orig->layouts, old->offset }, b;
	const struct type *type = gone->patched->type, *end = type + gone->patched->nr;

	for (; type < end; type++) {
		if (type->kind != old->kind || !is_near(old, type) || !is_new(gone, type))
			continue;
		b = (struct described){ (struct layouts *)&gone->patched->layouts, type->offset };
		if (may_be_renamed(&a, &b))
			return type;
	}
	return NULL;
}

/* What is of the old one in the original: its twin in the patched object, the next from @from on. */
static const struct holder *next_twin(const struct gone_structs *gone, const struct type *old,
				      const struct holder *from)
{
	const struct holder *new, *end = gone->new.list + gone->new.nr;
	size_t i;

	for (new = from; new < end; new ++) {
		for (i = 0; i < gone->old.nr; i++) {
			const struct holder *was = &gone->old.list[i];

			if (was->of == old->offset && !strcmp(was->function, new->function) &&
			    !strcmp(was->name, new->name))
				return new;
		}
	}
	return NULL;
}

/* It is still declared, but nothing of it is known any more: nobody looks into it. */
static bool is_declared(const struct gone_structs *gone, const struct type *old)
{
	const struct holder *new = gone->new.list, *end = new + gone->new.nr;

	for (; new < end; new ++) {
		if (new->of && !strcmp(new->of_name, old->name) &&
		    !structure_at(gone->patched, new->of))
			return true;
	}
	return false;
}

static const struct type *find_held(const struct gone_structs *gone, const struct type *old,
				    const struct holder **other)
{
	const struct type *found = NULL;
	const struct holder *new;

	*other = NULL;
	for (new = next_twin(gone, old, gone->new.list); new; new = next_twin(gone, old, new + 1)) {
		if (!found)
			found = new->of ? structure_at(gone->patched, new->of) : NULL;
		if (!found && !*other)
			*other = new;
	}
	if (found)
		*other = NULL;
	return found;
}

/* A function that had the one in the original, and has the other now. */
static bool share_function(const struct gone_structs *gone, const struct type *old,
			   const struct type *type)
{
	size_t i, j;

	for (i = 0; i < gone->old.nr; i++) {
		if (gone->old.list[i].of != old->offset)
			continue;
		for (j = 0; j < gone->new.nr; j++) {
			if (gone->new.list[j].of == type->offset &&
			    !strcmp(gone->new.list[j].function, gone->old.list[i].function))
				return true;
		}
	}
	return false;
}

static const struct type *find_new(const struct gone_structs *gone, const struct type *old)
{
	const struct type *type = gone->patched->type, *end = type + gone->patched->nr;

	for (; type < end; type++) {
		if (!is_new(gone, type) || !is_written(gone->patched, gone->orig, type))
			continue;
		if (share_function(gone, old, type) ||
		    is_in_place_of(gone->orig, old, gone->patched, type))
			return type;
	}
	return NULL;
}

/* @found: what took its place, or NULL. */
static bool is_gone(const struct gone_structs *gone, const struct type *old,
		    const struct type *found)
{
	return is_written(gone->orig, gone->patched, old) ||
	       (found && is_new(gone, found) && is_near(old, found) &&
		is_last(gone->orig, gone->patched, old));
}

const struct type *find_successor(struct gone_structs *gone, const struct type *old,
				  const struct holder **holder)
{
	const struct type *found;

	*holder = NULL;
	if (!is_structure(old))
		return NULL;
	found = find_alike(gone, old);
	if (found)
		return found;
	list_all(gone);
	if (is_declared(gone, old))
		return NULL;
	found = find_held(gone, old, holder);
	if (!is_gone(gone, old, found)) {
		*holder = NULL;
		return NULL;
	}
	return found ? found : find_new(gone, old);
}

void free_gone_structs(struct gone_structs *gone)
{
	free(gone->old.list);
	free(gone->new.list);
}
