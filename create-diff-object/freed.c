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

/* The function that a section belongs to, without what compilers add to the names of its parts. */
static const char *function_name(const struct object *obj, const struct section *sec,
				 size_t *length)
{
	uint32_t function = function_of(obj, section_index(obj, sec));
	const char *name = section_label(obj, &obj->sections[function]);

	*length = parent_length(&name);
	return name;
}

/* In @function of @obj and its parts: references to the section @target, or with 0 to what is
 * elsewhere. */
static size_t count_uses(const struct object *obj, const char *function, size_t length,
			 uint32_t target, const char *name)
{
	const struct section *sec;
	const struct rela *rela;
	const char *other;
	size_t n, uses = 0;

	for_each_section (obj, sec) {
		if (sec->split || sec->kind != KIND_TEXT)
			continue;
		other = function_name(obj, sec, &n);
		if (n != length || strncmp(other, function, n) != 0)
			continue;
		for_each_rela (sec, rela)
			uses += rela->target == target &&
				(target || !strcmp(obj->symbols[rela->symbol].name, name));
	}
	return uses;
}

bool was_freed_used(const struct diff *diff, const struct section *from, uint32_t target,
		    const char *name)
{
	uint32_t twin = diff->patched.sections[target].twin;
	const char *function;
	size_t length, before;

	if (!patches_vmlinux(diff) || (target && diff->orig.sections[twin].kind != KIND_INIT))
		return false;
	function = function_name(&diff->patched, from, &length);
	before = count_uses(&diff->orig, function, length, twin, name);
	return before && count_uses(&diff->patched, function, length, target, name) <= before;
}

bool refuse_freed(struct emitter *e, const struct parent_symbol *sym)
{
	struct diff *diff = e->diff;

	if (!sym->freed ||
	    was_freed_used(diff, e->spot.sec, e->rela ? e->rela->target : 0, sym->name))
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
