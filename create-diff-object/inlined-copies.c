// SPDX-License-Identifier: GPL-2.0-only
#include "inlined-copies.h"
#include "check.h"
#include "code-changes.h"
#include "debug-info.h"
#include "report.h"
#include "util.h"

#include <stdlib.h>

/* So many instructions are asked about in a function; of more, nobody wants to know each. */
#define MOST_ASKED 200

/* The innermost function that is inlined where an instruction is, or was. */
static bool innermost_at(const struct diff *diff, const struct object *obj,
			 const struct section *sec, uint64_t offset, struct origin *origin)
{
	if (!find_origin(diff, obj, sec, offset, origin))
		return false;
	if (origin->nr_inlined && origin->inlined[0].file)
		return true;
	free_origin(origin);
	return false;
}

static struct inlined_function *find_function(const struct inlined_functions *functions,
					      const struct inlined *in)
{
	size_t i;

	for (i = 0; i < functions->nr; i++) {
		if (!strcmp(functions->list[i].name, in->name) &&
		    !strcmp(functions->list[i].file, in->file))
			return &functions->list[i];
	}
	return NULL;
}

static void add_at(const struct diff *diff, struct inlined_functions *functions,
		   const struct object *obj, const struct section *sec, uint64_t offset)
{
	struct inlined_function *function;
	struct origin origin;

	if (!innermost_at(diff, obj, sec, offset, &origin))
		return;
	if (!find_function(functions, &origin.inlined[0])) {
		grow(functions->list, functions->nr, functions->max);
		function = &functions->list[functions->nr++];
		*function = (struct inlined_function){
			.name = xasprintf("%s", origin.inlined[0].name),
			.file = xasprintf("%s", origin.inlined[0].file),
			.obj = obj,
			.sec = sec,
			.offset = offset,
		};
	}
	free_origin(&origin);
}

static void add_inlined(struct diff *diff, struct inlined_functions *functions,
			const struct section *sec)
{
	const struct section *orig = &diff->orig.sections[sec->twin];
	struct code_changes changes;
	size_t i;

	if (!find_code_changes(diff, orig, sec, &changes))
		return;
	for (i = 0; i < changes.nr && i < MOST_ASKED; i++) {
		const struct difference *d = &changes.list[i];

		if (!d->ended)
			add_at(diff, functions, &diff->patched, sec, d->offset);
		if (!d->orig_ended)
			add_at(diff, functions, &diff->orig, orig, d->orig_offset);
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

void free_inlined_functions(struct inlined_functions *functions)
{
	size_t i, j;

	for (i = 0; functions && i < functions->nr; i++) {
		struct inlined_function *function = &functions->list[i];

		for (j = 0; j < function->nr_copies; j++)
			free(function->copies[j].name);
		free(function->copies);
		free(function->name);
		free(function->file);
	}
	if (functions)
		free(functions->list);
	free(functions);
}

/* Adds nothing: whether what is at one place is of a header, and changed elsewhere, too. */
static bool is_inlined_at(const struct diff *diff, const struct object *obj,
			  const struct section *sec, uint64_t offset,
			  const struct inlined_functions *functions, char **name)
{
	struct origin origin;
	bool inlined;

	if (!innermost_at(diff, obj, sec, offset, &origin))
		return false;
	inlined = has_suffix(origin.inlined[0].file, ".h") &&
		  (!functions || find_function(functions, &origin.inlined[0]));
	if (inlined && !*name)
		*name = xasprintf("%s() of %s", origin.inlined[0].name, origin.inlined[0].file);
	free_origin(&origin);
	return inlined;
}

char *changed_by_inlined(struct diff *diff, const struct section *sec,
			 const struct inlined_functions *functions)
{
	const struct section *orig = &diff->orig.sections[sec->twin];
	struct code_changes changes;
	char *name = NULL;
	bool all = find_code_changes(diff, orig, sec, &changes) && changes.nr <= MOST_ASKED;
	size_t i;

	for (i = 0; all && i < changes.nr; i++) {
		const struct difference *d = &changes.list[i];

		all = (d->ended ||
		       is_inlined_at(diff, &diff->patched, sec, d->offset, functions, &name)) &&
		      (d->orig_ended ||
		       is_inlined_at(diff, &diff->orig, orig, d->orig_offset, functions, &name));
	}
	free(changes.list);
	if (all)
		return name;
	free(name);
	return NULL;
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

static enum copy_state state_of_section(const struct section *sec)
{
	if (sec->kind == KIND_INIT)
		return COPY_INIT;
	if (sec->carried)
		return COPY_CARRIED;
	return sec->status == STATUS_SAME && !sec->ignored ? COPY_SAME : COPY_UNPROVEN;
}

/* A function of the original counts by the one that it is now. */
static enum copy_state state_of(struct diff *diff, const struct copy *copy)
{
	struct object *obj = copy->orig ? &diff->orig : &diff->patched;
	const struct section *sec = copy->address ? section_at(obj, copy->address) : NULL;

	if (!sec)
		return COPY_UNPROVEN;
	if (!copy->orig)
		return state_of_section(sec);
	if (!sec->twin)
		return sec->kind == KIND_INIT ? COPY_INIT : COPY_REMOVED;
	return state_of_section(&diff->patched.sections[sec->twin]);
}

static void add_copy(struct inlined_function *function, const struct copy *copy,
		     enum copy_state state)
{
	size_t i;

	for (i = 0; i < function->nr_copies; i++) {
		if (!strcmp(function->copies[i].name, copy->name) &&
		    function->copies[i].state == state)
			return;
	}
	grow(function->copies, function->nr_copies, function->max_copies);
	function->copies[function->nr_copies++] = (struct inlined_copy){
		.name = xasprintf("%s", copy->name),
		.state = state,
	};
}

static void check_copies(struct diff *diff, struct inlined_function *function)
{
	struct spot spot = { function->obj, function->sec, function->offset };
	struct copies copies;
	size_t i;

	if (!find_copies(diff, function->obj, function->sec, function->offset, &copies))
		finding_at(diff, "inlined-copy-unproven", spot, "compile the objects again",
			   "the debug information does not tell where else %s() is inlined",
			   function->name);
	for (i = 0; i < copies.nr; i++) {
		enum copy_state state = state_of(diff, &copies.list[i]);

		add_copy(function, &copies.list[i], state);
		if (state == COPY_UNPROVEN)
			finding_at(diff, "inlined-copy-unproven", spot,
				   "do not leave it out (KPATCH_IGNORE_FUNCTION), or leave the "
				   "inlined function as it is",
				   "%s(), which changed, is inlined into %s, too, which is neither "
				   "replaced nor shown to be the same code",
				   function->name, copies.list[i].name);
	}
	free_copies(&copies);
}

void check_inlined_copies(struct diff *diff)
{
	struct inlined_functions *functions = inlined_functions(diff);
	size_t i;

	for (i = 0; i < functions->nr; i++)
		check_copies(diff, &functions->list[i]);
}
