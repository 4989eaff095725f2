// SPDX-License-Identifier: GPL-2.0-only
#include "inlined-copies.h"
#include "check.h"
#include "code-changes.h"
#include "debug-info.h"
#include "proof.h"
#include "report.h"
#include "util.h"

#include <stdlib.h>

/* So many instructions are asked about in a function; of more, nobody wants to know each. */
#define MOST_ASKED 200

static struct inlined_function *find_function(const struct inlined_functions *functions,
					      const char *name, const char *file)
{
	size_t i;

	for (i = 0; i < functions->nr; i++) {
		if (!strcmp(functions->list[i].name, name) &&
		    !strcmp(functions->list[i].file, file))
			return &functions->list[i];
	}
	return NULL;
}

static void add_function(struct inlined_functions *functions, const struct inlined_function *place,
			 const struct inlined *in)
{
	struct inlined_function *function = find_function(functions, in->name, in->file);

	if (!function) {
		grow(functions->list, functions->nr, functions->max);
		function = &functions->list[functions->nr++];
		*function = *place;
		function->name = xasprintf("%s", in->name);
		function->file = xasprintf("%s", in->file);
	}
	function->innermost |= !place->level;
}

/*
 * All that are inlined at a place, since a change of one may be seen only where another is inlined
 * into it, or with @innermost that one. Returns whether there is any.
 */
static bool add_at(const struct diff *diff, struct inlined_functions *functions, bool innermost,
		   const struct object *obj, const struct section *sec, uint64_t offset)
{
	struct inlined_function place = { .obj = obj, .sec = sec, .offset = offset };
	struct origin origin;
	bool any;

	if (!find_origin(diff, obj, sec, offset, &origin))
		return false;
	any = origin.nr_inlined;
	for (; place.level < origin.nr_inlined; place.level++) {
		if (origin.inlined[place.level].file)
			add_function(functions, &place, &origin.inlined[place.level]);
		else
			any = false;
		if (innermost)
			break;
	}
	free_origin(&origin);
	return any;
}

static void add_inlined(struct diff *diff, struct inlined_functions *functions,
			const struct section *sec)
{
	const struct section *orig = &diff->orig.sections[sec->twin];
	struct code_changes changes;
	bool any = find_code_changes(diff, orig, sec, &changes);
	size_t i;

	if (changes.too_many || changes.nr > MOST_ASKED)
		functions->cut = sec;
	if (!any)
		return;
	for (i = 0; i < changes.nr && i < MOST_ASKED; i++) {
		const struct difference *d = &changes.list[i];

		if (!d->ended)
			add_at(diff, functions, false, &diff->patched, sec, d->offset);
		if (!d->orig_ended)
			add_at(diff, functions, false, &diff->orig, orig, d->orig_offset);
	}
	free(changes.list);
}

struct inlined_functions *inlined_functions(struct diff *diff)
{
	struct inlined_functions *functions = diff->inlined;
	const struct section *sec;

	if (functions)
		return functions;
	functions = diff->inlined = xcalloc(1, sizeof(*functions));
	for_each_section (&diff->patched, sec) {
		if (sec->carried && sec->kind == KIND_TEXT && sec->twin &&
		    sec->status == STATUS_CHANGED)
			add_inlined(diff, functions, sec);
	}
	return functions;
}

struct inlined_functions *inlined_in(struct diff *diff, const struct section *sec)
{
	struct inlined_functions *functions = xcalloc(1, sizeof(*functions));

	add_inlined(diff, functions, sec);
	return functions;
}

static void clear(struct inlined_functions *functions)
{
	size_t i, j;

	for (i = 0; i < functions->nr; i++) {
		struct inlined_function *function = &functions->list[i];

		for (j = 0; j < function->nr_copies; j++)
			free(function->copies[j].name);
		free(function->copies);
		free(function->name);
		free(function->file);
	}
	free(functions->list);
}

void free_inlined_functions(struct inlined_functions *functions)
{
	if (functions)
		clear(functions);
	free(functions);
}

const char *copy_state_text(enum copy_state state)
{
	switch (state) {
	case COPY_CARRIED:
		return "carried";
	case COPY_SAME:
		return "same code";
	case COPY_INIT:
		return "init code";
	case COPY_REMOVED:
		return "removed";
	default:
		return "unproven";
	}
}

/* Code that is the same as before shows that a copy did not change, if it is what runs. */
static enum copy_state state_of_section(const struct diff *diff, const struct section *sec)
{
	if (sec->kind == KIND_INIT)
		return COPY_INIT;
	if (sec->carried)
		return COPY_CARRIED;
	if (sec->status != STATUS_SAME || sec->ignored)
		return COPY_UNPROVEN;
	return !diff->proof || diff->no_proof ||
			       is_proven(diff->proof, function_of(&diff->orig, sec->twin))
		       ? COPY_SAME
		       : COPY_UNPROVEN;
}

/* A function of the original counts by the one that it is now. */
static enum copy_state state_of(struct diff *diff, const struct copy *copy)
{
	struct object *obj = copy->orig ? &diff->orig : &diff->patched;
	const struct section *sec = copy->address ? section_at(obj, copy->address) : NULL;

	if (!sec)
		return COPY_UNPROVEN;
	if (!copy->orig)
		return state_of_section(diff, sec);
	if (!sec->twin)
		return sec->kind == KIND_INIT ? COPY_INIT : COPY_REMOVED;
	return state_of_section(diff, &diff->patched.sections[sec->twin]);
}

/* A new function that is not carried, since what refers to it is refused. */
static bool runs_nowhere(struct diff *diff, const struct copy *copy)
{
	const struct section *sec =
		!copy->orig && copy->address ? section_at(&diff->patched, copy->address) : NULL;

	return sec && sec->kind == KIND_TEXT && sec->status == STATUS_NEW && !sec->carried;
}

static void add_copy(struct inlined_function *function, const struct copy *copy,
		     enum copy_state state)
{
	struct inlined_copy *known = function->copies, *end = known + function->nr_copies;

	while (known < end && (strcmp(known->name, copy->name) || known->state != state))
		known++;
	if (known == end) {
		grow(function->copies, function->nr_copies, function->max_copies);
		known = &function->copies[function->nr_copies++];
		*known = (struct inlined_copy){
			.name = xasprintf("%s", copy->name),
			.state = state,
		};
	}
	known->orig += copy->orig;
	known->patched += !copy->orig;
}

/* Returns false where the debug information does not tell. */
static bool list_copies(struct diff *diff, struct inlined_function *function)
{
	struct copies copies;
	bool known = find_copies(diff, function->obj, function->sec, function->offset,
				 function->level, &copies);
	size_t i;

	for (i = 0; i < copies.nr; i++) {
		if (!runs_nowhere(diff, &copies.list[i]))
			add_copy(function, &copies.list[i], state_of(diff, &copies.list[i]));
	}
	free_copies(&copies);
	return known;
}

static void check_copies(struct diff *diff, struct inlined_function *function)
{
	struct spot spot = { function->obj, function->sec, function->offset };
	size_t i;

	if (!list_copies(diff, function))
		finding_at(diff, "inlined-copy-unproven", spot, "compile the objects again",
			   "the debug information does not tell where else %s() is inlined",
			   function->name);
	for (i = 0; i < function->nr_copies; i++) {
		if (function->copies[i].state == COPY_UNPROVEN)
			finding_at(diff, "inlined-copy-unproven", spot,
				   "do not leave it out (KPATCH_IGNORE_FUNCTION), or leave the "
				   "inlined function as it is",
				   "%s(), which changed, is inlined into %s, too, which is neither "
				   "replaced nor shown to be the same code",
				   function->name, function->copies[i].name);
	}
}

/* What the author leaves out may have a copy of what is not known to have changed. */
static void check_cut(struct diff *diff, const struct section *cut)
{
	const struct section *sec;

	for_each_section (&diff->patched, sec) {
		if (sec->kind == KIND_TEXT && sec->ignored)
			finding_at(diff, "inlined-copy-unproven", spot_of(diff, cut),
				   "do not leave it out (KPATCH_IGNORE_FUNCTION), or change less",
				   "%s changed so much that nothing tells whether a function that "
				   "changed is inlined into %s, too, which is not replaced",
				   section_label(&diff->patched, cut),
				   section_label(&diff->patched, sec));
	}
}

void check_inlined_copies(struct diff *diff)
{
	struct inlined_functions *functions = inlined_functions(diff);
	size_t i;

	if (functions->cut)
		check_cut(diff, functions->cut);
	for (i = 0; i < functions->nr; i++)
		check_copies(diff, &functions->list[i]);
}

/*
 * Whether a function of a header changed itself: it was in this code before, as often as now, and
 * no other copy has the code that it had. One whose call the patch put in has others that did not
 * change, or is there once more.
 */
static bool changed_itself(struct diff *diff, struct inlined_function *function, const char *in)
{
	bool here = false;
	size_t i;

	if (!has_suffix(function->file, ".h") || !list_copies(diff, function))
		return false;
	for (i = 0; i < function->nr_copies; i++) {
		const struct inlined_copy *copy = &function->copies[i];

		if (copy->state == COPY_SAME)
			return false;
		here |= copy->orig && copy->orig == copy->patched && !strcmp(copy->name, in);
	}
	return here;
}

/* The functions that are inlined where the source changed code; false where it changed more. */
static bool find_changed(struct diff *diff, const struct section *sec,
			 struct inlined_functions *functions)
{
	const struct section *orig = &diff->orig.sections[sec->twin];
	struct code_changes changes;
	bool all = find_code_changes(diff, orig, sec, &changes) && changes.nr <= MOST_ASKED;
	size_t i;

	for (i = 0; all && i < changes.nr; i++) {
		const struct difference *d = &changes.list[i];

		all = (d->ended || add_at(diff, functions, true, &diff->patched, sec, d->offset)) &&
		      (d->orig_ended ||
		       add_at(diff, functions, true, &diff->orig, orig, d->orig_offset));
	}
	free(changes.list);
	return all;
}

/* Whether an instruction of it itself changed in what is replaced. */
static bool is_shown(struct diff *diff, const struct inlined_function *function)
{
	const struct inlined_function *replaced =
		find_function(inlined_functions(diff), function->name, function->file);

	return replaced && replaced->innermost;
}

static char *function_names(const struct inlined_functions *functions)
{
	char *names = xasprintf("%s", "");
	size_t i;

	for (i = 0; i < functions->nr; i++) {
		char *longer = xasprintf("%s%s%s() of %s", names, i ? " and " : "",
					 functions->list[i].name, functions->list[i].file);

		free(names);
		names = longer;
	}
	return names;
}

char *changed_by_inlined(struct diff *diff, const struct section *sec, bool *shown)
{
	struct inlined_functions functions = { 0 };
	const char *in = section_label(&diff->patched, sec);
	bool all = find_changed(diff, sec, &functions);
	char *names = NULL;
	size_t i;

	*shown = true;
	for (i = 0; all && i < functions.nr; i++) {
		all = changed_itself(diff, &functions.list[i], in);
		*shown &= all && is_shown(diff, &functions.list[i]);
	}
	if (all && functions.nr)
		names = function_names(&functions);
	clear(&functions);
	return names;
}
