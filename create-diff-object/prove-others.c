// SPDX-License-Identifier: GPL-2.0-only
/*
 * Functions beside those that are replaced: those that the patch leaves alone may have a replaced
 * one inline, or share its place, where the shipped kernel was built otherwise than the original.
 */
#include "kinds.h"
#include "proof.h"
#include "prove.h"
#include "report.h"
#include "util.h"

#include <stdlib.h>
#include <string.h>

static const char advice[] = "give the source, the configuration and the compiler that the kernel "
			     "was built from and with";

/* What the kernel itself has run before a patch can be loaded. */
static bool has_run(const struct diff *diff, const struct section *sec)
{
	return sec->kind == KIND_INIT && patches_vmlinux(diff);
}

static bool is_user(const struct section *sec, const struct object *obj, const bool *reaches)
{
	const struct rela *rela;

	for_each_rela (sec, rela)
		if (rela->target && reaches[function_of(obj, rela->target)])
			return true;
	return false;
}

/*
 * Marks in @reaches who refers to what is marked there. Proven code calls it as the original does;
 * what is not proven, or not in the parent by itself, may have become a part of who refers to it.
 * Returns whether there was any.
 */
static bool mark_users(const struct proof *proof, bool *reaches)
{
	const struct object *orig = proof->orig;
	bool found = false;
	uint32_t i, function;

	for (i = 1; i < orig->nr_sections; i++) {
		const struct section *sec = &orig->sections[i];

		function = function_of(orig, i);
		if ((sec->kind != KIND_TEXT && sec->kind != KIND_INIT) || reaches[function] ||
		    is_proven(proof, function) || !is_user(sec, orig, reaches))
			continue;
		reaches[function] = true;
		found = true;
	}
	return found;
}

void refuse_unproven_users(struct proof *proof, const bool *replaced)
{
	const struct object *orig = proof->orig;
	bool *reaches = xcalloc(orig->nr_sections, sizeof(*reaches));
	uint32_t i;

	memcpy(reaches, replaced, orig->nr_sections * sizeof(*reaches));
	while (mark_users(proof, reaches))
		;
	for (i = 1; i < orig->nr_sections; i++) {
		const struct section *sec = &orig->sections[i];

		if (!reaches[i] || replaced[i] || !is_unproven(proof, i) ||
		    has_run(proof->diff, sec))
			continue;
		finding_at(proof->diff, "differs-from-shipped", spot_in_orig(proof->diff, sec),
			   advice,
			   "the shipped code of %s, which uses what the patch replaces, is not "
			   "what the original source compiles to, so that it may have that "
			   "inline: %s",
			   section_label(orig, sec), proof->failures[i].text);
	}
	free(reaches);
}

static bool is_name_of(const struct object *obj, uint32_t index, const char *name)
{
	const struct symbol *sym;

	for_each_symbol (obj, sym)
		if (sym->section == index && !compare_bases(sym->name, name))
			return true;
	return false;
}

void refuse_shared_place(struct proof *proof, uint32_t index)
{
	const struct section *sec = &proof->orig->sections[index];
	const struct shipped_symbol *const *there;
	size_t i, nr;

	there = shipped_at(proof->shipped, proof->sections[index].address, &nr);
	for (i = 0; i < nr; i++) {
		if (there[i]->type != STT_FUNC || !there[i]->size ||
		    is_name_of(proof->orig, index, there[i]->name))
			continue;
		finding_at(proof->diff, "differs-from-shipped", spot_in_orig(proof->diff, sec),
			   advice,
			   "%s has the same code as %s in the shipped kernel, and would be "
			   "replaced with it",
			   there[i]->name, section_label(proof->orig, sec));
	}
}
