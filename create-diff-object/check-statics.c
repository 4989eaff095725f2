// SPDX-License-Identifier: GPL-2.0-only
/* Static locals whose state could be lost. */
#include "check.h"
#include "kinds.h"
#include "report.h"
#include "type-changes.h"
#include "users.h"
#include "util.h"

#include <stdlib.h>

/* The variables of the original that have no twin, by name. */
struct unpaired {
	const char **names;
	size_t nr;
};

static int by_variable(const void *a, const void *b)
{
	return compare_bases(variable_name(*(const char *const *)a),
			     variable_name(*(const char *const *)b));
}

static void find_unpaired(const struct object *orig, struct unpaired *unpaired)
{
	const struct section *sec;

	unpaired->names = xcalloc(orig->nr_sections, sizeof(*unpaired->names));
	unpaired->nr = 0;
	for_each_section (orig, sec) {
		const struct symbol *sym = covering_symbol(orig, sec);

		if (sym && !sym->twin && sec->kind == KIND_DATA)
			unpaired->names[unpaired->nr++] = sym->name;
	}
	qsort(unpaired->names, unpaired->nr, sizeof(*unpaired->names), by_variable);
}

/*
 * A new variable may be any of them that the source calls the same: one that moved to another
 * function or out of its function. One that has a twin is in doubt only where what the
 * compiler put in front is the same as well.
 */
static bool is_unpaired(const struct unpaired *unpaired, const struct symbol *sym)
{
	size_t low = 0, high = unpaired->nr;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (by_variable(&unpaired->names[mid], &sym->name) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < unpaired->nr && !by_variable(&unpaired->names[low], &sym->name); low++) {
		if (!sym->twin || !compare_bases(unpaired->names[low], sym->name))
			return true;
	}
	return false;
}

/* The variable of a carried function that may be a static local of the original, or NULL. */
static const struct symbol *used_static(const struct diff *diff, const struct section *sec)
{
	const struct symbol *sym = covering_symbol(&diff->patched, sec);

	if (!sym || sec->split || sec->kind != KIND_DATA || is_call_site_data(&diff->patched, sec))
		return NULL;
	if (sym->certain)
		return NULL;
	return is_static_local(sym) || !sym->twin ? sym : NULL;
}

/* The macro declares it, so that nobody can give it another name. */
static const char once_advice[] = "leave that DO_ONCE() or get_random_once() as it is, and "
				  "set what is new in a callback (KPATCH_PRE_PATCH_CALLBACK)";

static const char moved_advice[] = "rename it in the patch if it is new, else leave it in its "
				   "function, and the function its name";

/*
 * A second copy of a static local would start again from its initial value, and the
 * wrong one would mix the state of two. A carried function uses one, and the original has
 * another of that name whose user is not known any more: which one is it?
 */
void check_statics(struct diff *diff)
{
	bool *used = find_used(&diff->patched);
	const struct section *sec;
	struct unpaired unpaired;

	find_unpaired(&diff->orig, &unpaired);
	for_each_section (&diff->patched, sec) {
		const struct symbol *sym = used_static(diff, sec);

		if (sym && (sec->status == STATUS_NEW || sec->twin) &&
		    used[section_index(&diff->patched, sec)] && is_unpaired(&unpaired, sym))
			finding_at(diff, "static-local-ambiguous", spot_of(diff, sec),
				   is_once_state(sym) ? once_advice : moved_advice,
				   "the static variable %.*s of a carried function may be the same "
				   "as one of the original, whose value would be lost, or a new "
				   "one",
				   (int)base_length(variable_name(sym->name)),
				   variable_name(sym->name));
	}
	free(unpaired.names);
	free(used);
}

static bool has_name(const struct symbol *sym, const char *name)
{
	const char *own = variable_name(sym->name);
	size_t length = base_length(own);

	return sym->type == STT_OBJECT && !sym->twin && strlen(name) == length &&
	       !memcmp(own, name, length);
}

/* The state of the running kernel that is in a variable without a twin; NULL: none. */
static const struct section *find_state(struct object *obj, const char *name)
{
	const struct symbol *sym;
	size_t nr;

	for_each_symbol (obj, sym) {
		const struct section *sec = &obj->sections[sym->section];

		if (!has_name(sym, name) || sec->split || sec->kind != KIND_DATA ||
		    is_call_site_data(obj, sec))
			continue;
		find_users(obj, sym->section, &nr);
		if (nr)
			return sec;
	}
	return NULL;
}

/*
 * Of the same type it may well be the same variable for the author, and is not for the kernel. One
 * of the same name is the business of check_statics().
 */
void check_gone_variable(struct diff *diff, const struct type_change *change)
{
	const char *old = change->key, *new = change->text;
	const struct section *sec = find_state(&diff->patched, new);

	if (sec && sec->carried && sec->status == STATUS_NEW && strcmp(old, new) &&
	    find_state(&diff->orig, old))
		warning_in(diff, "variable-gone", change->file, change->number,
			   "keep the name if it is the same variable",
			   "the variable %s is new and begins with its initial value; %s, of the "
			   "same type, is gone, and what it holds in the running kernel is not "
			   "seen "
			   "by patched code any more",
			   new, old);
}
