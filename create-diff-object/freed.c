// SPDX-License-Identifier: GPL-2.0-only
/*
 * References to init code and data: of the unit by its own sections, of other units by what only
 * the parent's tell. Those that the function of the kernel has as well may stay.
 */
#include "check.h"
#include "emitter.h"
#include "kinds.h"
#include "parent.h"
#include "part-names.h"
#include "report.h"
#include "util.h"

#include <string.h>

/* The unit's own are refused where its references are checked, with the section's name. */
static bool is_own(const struct diff *diff, const char *name)
{
	const struct symbol *sym;

	for_each_symbol (&diff->patched, sym) {
		if (sym->section && !strcmp(sym->name, name) &&
		    diff->patched.sections[sym->section].kind == KIND_INIT)
			return true;
	}
	return false;
}

static bool is_named(const struct object *obj, uint32_t section, const char *name)
{
	const struct symbol *sym = covering_symbol(obj, &obj->sections[section]);

	return sym && !strcmp(sym->name, name);
}

static bool uses(const struct object *obj, const struct section *sec, const char *name)
{
	const struct rela *rela;

	for_each_rela (sec, rela) {
		if (rela->target ? is_named(obj, rela->target, name)
				 : !strcmp(obj->symbols[rela->symbol].name, name))
			return true;
	}
	return false;
}

/* The function that a section belongs to, without what compilers add to the names of its parts. */
static const char *function_name(const struct object *obj, const struct section *sec,
				 size_t *length)
{
	uint32_t function = function_of(obj, section_index(obj, sec));
	const char *name = section_label(obj, &obj->sections[function]);

	*length = parent_length(&name);
	return name;
}

bool was_freed_used(const struct diff *diff, const struct section *from, const char *name)
{
	const struct object *orig = &diff->orig;
	const struct section *sec;
	const char *user, *other;
	size_t length, n;

	if (!patches_vmlinux(diff))
		return false;
	user = function_name(&diff->patched, from, &length);
	for_each_section (orig, sec) {
		if (sec->split || sec->kind != KIND_TEXT || !uses(orig, sec, name))
			continue;
		other = function_name(orig, sec, &n);
		if (n == length && !strncmp(other, user, n))
			return true;
	}
	return false;
}

bool refuse_freed(struct emitter *e, const struct parent_symbol *sym)
{
	struct diff *diff = e->diff;

	if (!sym->freed || was_freed_used(diff, e->spot.sec, sym->name))
		return false;
	if (!is_own(diff, sym->name))
		finding_at(diff, "init-reference", e->spot,
			   "use a copy of it outside of init, or other code",
			   "%s refers to %s, which is init code or data of %s; its memory is freed "
			   "when %s",
			   section_label(&diff->patched, e->spot.sec), sym->name, diff->parent_name,
			   when_freed(diff));
	return true;
}
