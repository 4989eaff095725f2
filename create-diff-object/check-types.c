// SPDX-License-Identifier: GPL-2.0-only
/* Types that changed, and what lives in the running kernel as they were. */
#include "arch/arch.h"
#include "check.h"
#include "debug-info.h"
#include "handled-types.h"
#include "kinds.h"
#include "report.h"
#include "type-changes.h"
#include "types.h"
#include "util.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* So many functions that stay are named unless all is to be explained. */
#define NAMED 3

/* Who the function of a use is, by the place of its code; NULL where it has none. */
static struct section *section_of_use(struct diff *diff, const struct type_use *use)
{
	struct object *obj = use->orig ? &diff->orig : &diff->patched;

	return use->address ? section_at(obj, use->address) : NULL;
}

/* A function of the patched object that is not carried; of those of the original nobody is left. */
static bool stays(struct diff *diff, const struct type_use *use)
{
	const struct object *obj = &diff->patched;
	const struct section *sec = use->orig ? NULL : section_of_use(diff, use);

	return sec && sec->kind == KIND_TEXT &&
	       !obj->sections[function_of(obj, section_index(obj, sec))].carried;
}

static bool is_named_before(const struct type_change *change, size_t i)
{
	size_t j;

	for (j = 0; j < i; j++) {
		if (!change->uses[j].orig && !strcmp(change->uses[j].name, change->uses[i].name))
			return true;
	}
	return false;
}

/* "; f, g and 2 more use it and stay as they are", or ""; allocated. */
static char *users_that_stay(struct diff *diff, const struct type_change *change)
{
	char *text, *list = xasprintf("%s", "");
	size_t i, nr = 0, named = diff->explain ? SIZE_MAX : NAMED;

	for (i = 0; i < change->nr_uses; i++) {
		if (!stays(diff, &change->uses[i]) || is_named_before(change, i) || nr++ >= named)
			continue;
		text = xasprintf("%s%s%s", list, *list ? ", " : "", change->uses[i].name);
		free(list);
		list = text;
	}
	if (!nr)
		return list;
	text = nr > named ? xasprintf("; %s and %zu more use it and stay as they are", list,
				      nr - named)
			  : xasprintf("; %s use%s it and stay%s as %s", list, nr == 1 ? "s" : "",
				      nr == 1 ? "s" : "", nr == 1 ? "it is" : "they are");
	free(list);
	return text;
}

/*
 * Whether old and new code of a function reach the same places outside of their frames, and the
 * address of nothing in the frame gets out: then what they do with a variable in the frame
 * is nobody else's business, be it that the source copies it by way of other types. Where members
 * @moved, the same place is of another one: then they may reach none.
 */
static bool same_outside_of_frame(const struct diff *diff, const struct section *sec, bool moved)
{
	const struct section *orig = &diff->orig.sections[sec->twin];
	uint64_t *before, *after;
	size_t nr_before, nr_after;
	bool same;

	same = arch_x86_64.list_accesses(&diff->orig, orig, &before, &nr_before);
	same &= arch_x86_64.list_accesses(&diff->patched, sec, &after, &nr_after);
	same &= nr_before == nr_after &&
		(!nr_after || (!moved && !memcmp(before, after, nr_after * sizeof(*after))));
	free(before);
	free(after);
	return same;
}

/* Whether the function of a use is replaced, in which of the objects ever it is. */
static bool is_used_by_replaced(struct diff *diff, const struct type_use *use)
{
	const struct section *sec = section_of_use(diff, use);

	if (sec && use->orig)
		sec = sec->twin ? &diff->patched.sections[sec->twin] : NULL;
	return sec && is_replaced(sec) && sec->twin;
}

/*
 * The same of all code that the patch brings, since any of it may cast what it was handed to the
 * type, of which the debug information has no trace. New code has none that it could be compared
 * with. Unlikely parts count with their function.
 */
static bool all_same_outside_of_frames(const struct diff *diff, bool moved)
{
	const struct section *sec;

	for_each_section (&diff->patched, sec) {
		if (sec->carried && sec->kind == KIND_TEXT && is_changed(sec) &&
		    !is_unlikely_part(&diff->patched, sec) &&
		    !same_outside_of_frame(diff, sec, moved))
			return false;
	}
	return true;
}

/*
 * A type of which there are only variables in the frames of functions that are replaced: nothing
 * of it lives longer than a call of the old or the new function, and nobody else sees it.
 */
static bool is_in_frames_only(struct diff *diff, const struct type_change *change)
{
	size_t i;

	if (!change->nr_uses)
		return false; /* the debug information does not tell all */
	for (i = 0; i < change->nr_uses; i++) {
		const struct type_use *use = &change->uses[i];

		if (use->how != USE_FRAME || !is_used_by_replaced(diff, use))
			return false;
	}
	return all_same_outside_of_frames(diff, change->moved);
}

/* False where it is no enumeration. */
static bool check_enum(struct diff *diff, const struct type_change *change, const char *users)
{
	if (!strcmp(change->id, ENUM_COUNT_CHANGED))
		warning_in(diff, "enum-count-changed", change->file, change->number,
			   "keep its value, or say what becomes of old ones, if it is one like the "
			   "others",
			   "%s; by its name and value it counts the others, and is taken for that",
			   change->text);
	else if (!strcmp(change->id, ENUM_GONE))
		finding_in(diff, "enum-changed", change->file, change->number,
			   "leave it in, or say what becomes of old values with "
			   "KPATCH_TYPE_HANDLED",
			   "%s, but its value may be stored in the running kernel", change->text);
	else if (!strcmp(change->id, ENUM_MAY_BE_GONE))
		warning_in(diff, "enum-may-be-gone", change->file, change->number,
			   "if something else has its names now, see that the values are the same",
			   "%s, or nothing uses it any more; its values may be stored in the "
			   "running kernel",
			   change->text);
	else if (!strcmp(change->id, ENUM_CHANGED))
		finding_in(diff, "enum-changed", change->file, change->number,
			   "add new enumerators at the end, or say what becomes of old values with "
			   "KPATCH_TYPE_HANDLED",
			   "%s, but the old one may be stored in the running kernel%s",
			   change->text, users);
	else
		return false;
	return true;
}

static void check_layout(struct diff *diff, struct handled_types *handled,
			 const struct type_change *change)
{
	const char *how = find_handled(handled, change->key);
	char *users = users_that_stay(diff, change);

	if (how)
		warning_in(diff, "type-handled", change->file, change->number,
			   "see that it is, since nothing else does",
			   "%s; the patch says how that is handled: %s", change->text, how);
	else if (!strcmp(change->id, MEMBER_RENAMED))
		warning_in(diff, "member-renamed", change->file, change->number,
			   "if it means something else now, leave the old one in, or say with "
			   "KPATCH_TYPE_HANDLED how the patch handles what is there",
			   "%s; its type and place are the same, and it is taken for the same",
			   change->text);
	else if (!strcmp(change->id, BYTE_ORDER_CHANGED))
		warning_in(diff, "byte-order-changed", change->file, change->number,
			   "if code reads it in another order now, leave the old one in, or say "
			   "with KPATCH_TYPE_HANDLED how the patch handles what is there",
			   "%s; what the running kernel has stored stays as it is", change->text);
	else if (check_enum(diff, change, users))
		;
	else if (is_in_frames_only(diff, change))
		note_in(diff, "type-in-frames", change->file, change->number,
			"%s, but only variables of functions that are replaced are of it",
			change->text);
	else if (has_prefix(change->key, "variable "))
		finding_in(diff, "struct-layout-changed", change->file, change->number,
			   "keep it as it is, and give the new one another name, or say with "
			   "KPATCH_TYPE_HANDLED how the patch handles what is there",
			   "%s, but the running kernel has it as it was%s", change->text, users);
	else
		finding_in(diff, "struct-layout-changed", change->file, change->number,
			   "keep it as it is (a member that goes stays unused, a new one becomes a "
			   "shadow variable: klp_shadow_alloc), or say with KPATCH_TYPE_HANDLED "
			   "how the patch handles what is there",
			   "%s, but objects of it may exist in the running kernel%s", change->text,
			   users);
	free(users);
}

/* Layouts, and what was inlined where, are told by nothing else. */
static void check_no_debug_info(struct diff *diff)
{
	finding_at(diff, "no-debug-info", (struct spot){ 0 },
		   "compile with -g and without CONFIG_DEBUG_INFO_SPLIT and "
		   "CONFIG_DEBUG_INFO_REDUCED",
		   "no debug information of all types, so that neither changed layouts of "
		   "structures nor inlined copies can be seen");
}

void check_types(struct diff *diff)
{
	struct handled_types handled = { 0 };
	struct type_changes changes;
	size_t i;

	read_handled_types(&handled, &diff->patched);
	await_type_changes(diff->debug, &changes);
	for (i = 0; i < changes.nr; i++) {
		if (has_prefix(changes.list[i].id, "prototype"))
			check_prototype(diff, &changes.list[i]);
		else if (!strcmp(changes.list[i].id, VARIABLE_GONE))
			check_gone_variable(diff, &changes.list[i]);
		else if (!is_device_table(diff, changes.list[i].key))
			check_layout(diff, &handled, &changes.list[i]);
	}
	if (changes.state == TYPES_FAILED)
		finding_at(diff, "bad-debug-info", (struct spot){ 0 }, "compile the objects again",
			   "the debug information cannot be read, so that changed layouts of "
			   "structures would not be seen");
	else if (changes.state == TYPES_MISSING)
		check_no_debug_info(diff);
	else
		check_handled_types(diff, &handled);
	free_handled_types(&handled);
	free_type_changes(&changes);
}
