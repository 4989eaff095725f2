// SPDX-License-Identifier: GPL-2.0-only
/* Functions that take or return something else than before, and who calls them as they were. */
#include "arch/arch.h"
#include "check.h"
#include "debug-info.h"
#include "exports.h"
#include "kinds.h"
#include "report.h"
#include "type-changes.h"
#include "types.h"
#include "util.h"

#include <stdlib.h>
#include <string.h>

static bool is_of_name(const struct object *obj, const struct rela *rela, const char *name,
		       bool external)
{
	const struct symbol *sym = rela->target ? covering_symbol(obj, &obj->sections[rela->target])
						: &obj->symbols[rela->symbol];

	return sym && !strcmp(sym->name, name) && external == (sym->bind != STB_LOCAL);
}

static bool is_reference_to(const struct object *obj, const struct rela *rela, const char *name,
			    bool external)
{
	const struct section *target = &obj->sections[rela->target];

	return is_of_name(obj, rela, name, external) &&
	       (!rela->target || (target->kind == KIND_TEXT && target->status != STATUS_SAME));
}

/* Data that stays: whoever calls the function by it was built for what the function was. */
static bool may_keep_address(const struct section *sec)
{
	return !sec->split && !sec->carried &&
	       (sec->kind == KIND_DATA || sec->kind == KIND_RODATA || sec->kind == KIND_TEXT);
}

static const struct section *keeper_of_address(const struct object *obj, const char *name,
					       bool external)
{
	const struct section *sec;
	const struct rela *rela;

	for_each_section (obj, sec) {
		if (!may_keep_address(sec))
			continue;
		for_each_rela (sec, rela) {
			if (!arch_x86_64.is_branch(sec, rela) &&
			    is_reference_to(obj, rela, name, external))
				return sec;
		}
	}
	return NULL;
}

/* Whether who calls the function by its old address gets to other code. */
static bool leads_elsewhere(const struct diff *diff, const struct rela *rela)
{
	const struct section *target = &diff->orig.sections[rela->target];

	return !rela->target ||
	       (target->twin && diff->patched.sections[target->twin].status != STATUS_SAME);
}

/* What had the address in the original may have stored it, whatever becomes of it now; allocated. */
static char *why_address_matters(const struct diff *diff, const char *name, bool external)
{
	const struct section *keeper = keeper_of_address(&diff->patched, name, external), *taker;
	const struct object *orig = &diff->orig;
	const struct rela *rela;

	if (keeper)
		return xasprintf("its address is in %s, which stays, and may be called from where "
				 "nothing was "
				 "compiled",
				 section_label(&diff->patched, keeper));
	rela = taken_address(orig, name, external, &taker);
	if (!rela || !leads_elsewhere(diff, rela))
		return NULL;
	taker = &orig->sections[function_of(orig, section_index(orig, taker))];
	return xasprintf("its address is taken by %s of the original: what has stored it (a timer, "
			 "a work, a "
			 "list) calls it as before",
			 section_label(orig, taker));
}

/*
 * Assembly of the same file has no lines in the debug information; that in a function of C is told
 * by nothing.
 */
static bool is_assembly(const struct diff *diff, const struct section *sec, const struct rela *rela)
{
	struct origin origin;

	if (sec->split || sec->carried || sec->kind != KIND_TEXT ||
	    !arch_x86_64.is_branch(sec, rela))
		return false;
	if (!find_origin(diff, &diff->orig, sec, rela->offset, &origin))
		return true;
	free_origin(&origin);
	return false;
}

static const struct section *calling_assembly(const struct diff *diff, const char *name,
					      bool external)
{
	const struct section *sec;
	const struct rela *rela;

	for_each_section (&diff->orig, sec) {
		for_each_rela (sec, rela) {
			if (is_of_name(&diff->orig, rela, name, external) &&
			    is_assembly(diff, sec, rela))
				return sec;
		}
	}
	return NULL;
}

/* BTF_ID(func, NAME) (linux/btf_ids.h, Linux 6.1) */
static bool is_for_bpf(const struct object *obj, const char *name)
{
	const char prefix[] = "__BTF_ID__func__";
	const struct symbol *sym;

	for_each_symbol (obj, sym) {
		const char *number = btf_id_number(sym->name), *rest;

		if (!number || !has_prefix(sym->name, prefix))
			continue;
		rest = sym->name + strlen(prefix);
		if (has_prefix(rest, name) && rest + strlen(name) + strlen("__") == number)
			return true;
	}
	return false;
}

/* Why callers by its name were not all compiled for what it is now; allocated. */
static char *why_name_matters(const struct diff *diff, const char *name, bool external)
{
	const struct section *sec;

	if (is_for_bpf(&diff->orig, name))
		return xasprintf("BPF programs may call it, or look at what it takes, by the "
				 "running kernel's BTF");
	sec = calling_assembly(diff, name, external);
	return sec ? xasprintf("%s, which is assembly, calls it as before",
			       section_label(&diff->orig, sec))
		   : NULL;
}

/* One that other files may call, and so may have the address of. */
static bool is_replaced_function(const struct diff *diff, const char *name)
{
	const struct symbol *sym;

	for_each_symbol (&diff->patched, sym) {
		if (sym->section && sym->bind != STB_LOCAL && !strcmp(sym->name, name))
			return is_replaced(&diff->patched.sections[sym->section]);
	}
	return false;
}

/*
 * Code that calls the function by its name is right: compiled for the new prototype, it came out
 * as it was, or it is carried. Modules were built for the old one; the CRC that would tell is
 * not in the object. So was whoever calls it by its address.
 */
void check_prototype(struct diff *diff, const struct type_change *change)
{
	bool external = !strcmp(change->id, PROTOTYPE_CHANGED);
	const char *exporter = external ? exporter_of(diff->exports, change->key, NULL) : NULL;
	char *why = why_address_matters(diff, change->key, external);

	if (!why)
		why = why_name_matters(diff, change->key, external);
	if (exporter && !strcmp(exporter, diff->parent_name))
		finding_in(diff, "export-changed", change->file, change->number,
			   "leave it as it is, and add a function of another name",
			   "what the exported function %s takes or returns changed (%s), but "
			   "modules were built for what it was",
			   change->key, change->text);
	else if (why)
		finding_in(diff, "prototype-changed", change->file, change->number,
			   "leave it as it is, and add a function of another name",
			   "what the function %s takes or returns changed (%s), but %s",
			   change->key, change->text, why);
	else if (external && is_replaced_function(diff, change->key))
		note_in(diff, "prototype-of-global", change->file, change->number,
			"what the function %s takes or returns changed (%s); no other file may "
			"have its address",
			change->key, change->text);
	free(why);
}
