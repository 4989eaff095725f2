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

/* The function of the original that @rela of carried code calls, where the patch leaves it alone. */
static uint32_t called_function(const struct diff *diff, const struct rela *rela)
{
	const struct section *target = &diff->patched.sections[rela->target];

	if (!rela->target || target->carried || target->kind != KIND_TEXT || !target->twin)
		return 0;
	return function_of(&diff->orig, target->twin);
}

/* A clone is compiled for its callers: what they hand over is in its code. */
static bool matters_to_callers(const struct proof *proof, uint32_t index)
{
	const struct symbol *sym = covering_symbol(proof->orig, &proof->orig->sections[index]);

	if (!sym || sym->bind == STB_WEAK || !is_unproven(proof, index))
		return false;
	return proof->states[index] == PROOF_DIFFERS || is_numbered(sym->name);
}

static void refuse_callee(struct proof *proof, uint32_t index)
{
	const struct section *sec = &proof->orig->sections[index];

	finding_at(proof->diff, "differs-from-shipped", spot_in_orig(proof->diff, sec), advice,
		   "the shipped code of %s, which the patch calls, is not what the original source "
		   "compiles to, so that what the compiler knew of it may be wrong: %s",
		   section_label(proof->orig, sec), proof->failures[index].text);
}

void refuse_unproven_callees(struct proof *proof, const bool *replaced)
{
	const struct diff *diff = proof->diff;
	bool *told = xcalloc(proof->orig->nr_sections, sizeof(*told));
	const struct section *sec;
	const struct rela *rela;
	uint32_t index;

	for_each_section (&diff->patched, sec) {
		if (!sec->carried || sec->kind != KIND_TEXT)
			continue;
		for_each_rela (sec, rela) {
			index = called_function(diff, rela);
			if (!index || told[index] || replaced[index] ||
			    !matters_to_callers(proof, index))
				continue;
			told[index] = true;
			refuse_callee(proof, index);
		}
	}
	free(told);
}

static bool is_name_of(const struct object *obj, uint32_t index, const char *name)
{
	const struct symbol *sym;

	for_each_symbol (obj, sym)
		if (sym->section == index && !compare_bases(sym->name, name))
			return true;
	return false;
}

static void refuse_shared_place(struct proof *proof, uint32_t index)
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

/* The shipped function that has the name of an alias of the original, elsewhere; or NULL. */
static const struct shipped_symbol *find_elsewhere(const struct proof *proof,
						   const struct symbol *sym, uint64_t address)
{
	const struct shipped_symbol *shipped;

	for (shipped = shipped_named(proof->shipped, sym->name); shipped;
	     shipped = shipped_next(proof->shipped, shipped)) {
		/* another file has the one that is not weak */
		if (sym->bind == STB_WEAK && shipped->bind != STB_WEAK)
			return NULL;
		if (shipped->address != address && shipped->type == STT_FUNC &&
		    matching_symbol(proof, sym, shipped->address) == shipped)
			return shipped;
	}
	return NULL;
}

static void refuse_split_alias(struct proof *proof, uint32_t index)
{
	const struct section *sec = &proof->orig->sections[index];
	uint64_t address = proof->sections[index].address;
	const struct symbol *sym;

	for_each_symbol (proof->orig, sym) {
		if (sym->section != index || sym->type != STT_FUNC || !sym->size ||
		    sym->value != entry_offset(proof->orig, sec) ||
		    matching_symbol(proof, sym, address) || !find_elsewhere(proof, sym, address))
			continue;
		finding_at(proof->diff, "differs-from-shipped", spot_in_orig(proof->diff, sec),
			   advice,
			   "%s has the code of %s in the original, and code of its own in the "
			   "shipped kernel, which would not be replaced",
			   sym->name, section_label(proof->orig, sec));
	}
}

void refuse_other_names(struct proof *proof, uint32_t index)
{
	refuse_shared_place(proof, index);
	refuse_split_alias(proof, index);
}
