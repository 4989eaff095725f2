// SPDX-License-Identifier: GPL-2.0-only
/*
 * Addresses of functions that the running kernel may have stored. Code that is replaced itself,
 * and init code that has run, has handed them on before: to timers, works, lists.
 */
#include "arch/arch.h"
#include "check.h"
#include "code-places.h"
#include "explain.h"
#include "report.h"

#include <string.h>

static bool may_take_address(const struct section *sec)
{
	switch (sec->kind) {
	case KIND_TEXT:
	case KIND_INIT:
	case KIND_SNIPPET:
	case KIND_DATA:
	case KIND_RODATA:
		return !sec->split;
	default:
		return false;
	}
}

bool takes_address(const struct section *sec, const struct rela *rela)
{
	return may_take_address(sec) &&
	       !(sec->shdr.sh_flags & SHF_EXECINSTR && arch_x86_64.is_branch(sec, rela));
}

static bool refers_to_function(const struct object *obj, const struct rela *rela, const char *name,
			       bool external)
{
	const struct symbol *sym = rela->target ? covering_symbol(obj, &obj->sections[rela->target])
						: &obj->symbols[rela->symbol];

	return sym && !strcmp(sym->name, name) && external == (sym->bind != STB_LOCAL) &&
	       !leads_inside(obj, rela);
}

const struct rela *taken_address(const struct object *obj, const char *name, bool external,
				 const struct section **taker)
{
	const struct section *sec;
	const struct rela *rela;

	for_each_section (obj, sec) {
		if (!may_take_address(sec))
			continue;
		for_each_rela (sec, rela) {
			if (!refers_to_function(obj, rela, name, external) ||
			    !takes_address(sec, rela))
				continue;
			*taker = sec;
			return rela;
		}
	}
	return NULL;
}

static const struct symbol *find_function(const struct object *obj, const char *name)
{
	const struct symbol *sym;

	for_each_symbol (obj, sym) {
		if (sym->type == STT_FUNC && !sym->twin && sym->section && !strcmp(sym->name, name))
			return sym;
	}
	return NULL;
}

static void check_one(void *ctx, const char *name)
{
	struct diff *diff = ctx;
	const struct object *obj = &diff->orig;
	const struct symbol *sym = find_function(obj, name);
	const struct section *taker;

	if (!sym || !taken_address(obj, name, sym->bind != STB_LOCAL, &taker))
		return;
	warning_at(diff, "removed-address", spot_in_orig(diff, &obj->sections[sym->section]),
		   "keep the function under its name where it is only changed, and noinline where "
		   "it is only inlined now",
		   "%s is gone, but in the original %s takes its address: what has stored that (a "
		   "timer, a work, a list) goes on calling the old code",
		   name,
		   section_label(obj, &obj->sections[function_of(obj, section_index(obj, taker))]));
}

/* Nothing leads from a function that is gone to the one that does its work now. */
void check_removed(struct diff *diff)
{
	each_removed(diff, check_one, diff);
}

static bool hands_on_own(const struct object *obj)
{
	const struct section *taker;
	const struct symbol *sym;

	for_each_symbol (obj, sym) {
		if (sym->type == STT_FUNC && !sym->twin && sym->section &&
		    obj->sections[sym->section].kind == KIND_TEXT &&
		    taken_address(obj, sym->name, sym->bind != STB_LOCAL, &taker))
			return true;
	}
	return false;
}

bool hands_on_others(const struct diff *diff)
{
	return hands_on_own(&diff->orig) || hands_on_own(&diff->patched);
}
