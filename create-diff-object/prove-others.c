// SPDX-License-Identifier: GPL-2.0-only
/*
 * Functions beside those that are replaced: those that the patch leaves alone may have a replaced
 * one inline, or share its place, where the shipped kernel was built otherwise than the original.
 */
#include "arch/arch.h"
#include "kinds.h"
#include "proof.h"
#include "prove.h"
#include "report.h"
#include "util.h"

#include <stdlib.h>
#include <string.h>

static const char advice[] = "give the source, the configuration and the compiler that the kernel "
			     "was built from and with";

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

		if (!reaches[i] || replaced[i] || !is_unproven(proof, i))
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

/* Functions of the original that the patch leads to, by what it calls and what that calls. */
struct callees {
	uint32_t *list;
	size_t nr, max;
	bool *seen; /* by section of the original */
};

static void add_callee(struct callees *callees, uint32_t index)
{
	if (!index || callees->seen[index])
		return;
	callees->seen[index] = true;
	grow(callees->list, callees->nr, callees->max);
	callees->list[callees->nr++] = index;
}

static void add_called(struct callees *callees, const struct diff *diff)
{
	const struct section *sec;
	const struct rela *rela;

	for_each_section (&diff->patched, sec) {
		if (!sec->carried || sec->kind != KIND_TEXT)
			continue;
		for_each_rela (sec, rela)
			add_callee(callees, called_function(diff, rela));
	}
}

/*
 * What the compiler knows of a function, as what it writes to, is also what that one calls does. Of
 * a weak one it knows nothing.
 */
static void add_called_in_turn(struct callees *callees, const struct object *orig, uint32_t index)
{
	const struct section *function = &orig->sections[index];
	const uint32_t parts[] = { index, function->cold };
	const struct symbol *sym = covering_symbol(orig, function);
	const struct rela *rela;
	size_t i;

	for (i = 0; sym && sym->bind != STB_WEAK && i < 2 && parts[i]; i++) {
		const struct section *sec = &orig->sections[parts[i]];

		for_each_rela (sec, rela) {
			if (rela->target && orig->sections[rela->target].kind == KIND_TEXT &&
			    arch_x86_64.is_branch(sec, rela))
				add_callee(callees, function_of(orig, rela->target));
		}
	}
}

static void refuse_callee(struct proof *proof, uint32_t index, const char *how)
{
	const struct section *sec = &proof->orig->sections[index];

	finding_at(proof->diff, "differs-from-shipped", spot_in_orig(proof->diff, sec), advice,
		   "the shipped code of %s, which %s, is not what the original source "
		   "compiles to, so that what the compiler knew of it may be wrong: %s",
		   section_label(proof->orig, sec), how, proof->failures[index].text);
}

void refuse_unproven_callees(struct proof *proof, const bool *replaced)
{
	struct callees callees = { .seen = xcalloc(proof->orig->nr_sections, sizeof(bool)) };
	size_t i, direct;

	add_called(&callees, proof->diff);
	direct = callees.nr;
	for (i = 0; i < callees.nr; i++) {
		uint32_t index = callees.list[i];

		/* of what is replaced, the new code counts */
		if (replaced[index])
			continue;
		if (matters_to_callers(proof, index))
			refuse_callee(proof, index,
				      i < direct ? "the patch calls"
						 : "is called by what the patch calls");
		add_called_in_turn(&callees, proof->orig, index);
	}
	free(callees.list);
	free(callees.seen);
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

/* A function without a section of its own stands in .text, with the others of its file. */
static bool is_plain(const struct object *obj, const struct section *sec)
{
	const struct symbol *sym = covering_symbol(obj, sec);

	return sym && sym->type == STT_FUNC && has_prefix(sec->name, ".text.") &&
	       !strcmp(sec->name + strlen(".text."), sym->name);
}

/* Room for call thunks and the types of functions have symbols of their own. */
static bool is_function(const struct shipped_symbol *sym)
{
	return sym->type == STT_FUNC && sym->size && !has_prefix(sym->name, "__pfx_") &&
	       !has_prefix(sym->name, "__cfi_");
}

/* The functions before and behind an address, in the section there; NULL where there is none. */
static void find_neighbours(const struct proof *proof, uint64_t address,
			    const struct shipped_symbol *neighbours[2])
{
	const struct shipped_section *section = shipped_section(proof->shipped, address, 1);
	const struct shipped_symbol *sym = NULL;

	neighbours[0] = neighbours[1] = NULL;
	while ((sym = shipped_each(proof->shipped, sym))) {
		bool behind = sym->address > address;

		if (sym->address == address || !is_function(sym) ||
		    shipped_section(proof->shipped, sym->address, 1) != section)
			continue;
		if (!neighbours[behind] || (sym->address < neighbours[behind]->address) == behind)
			neighbours[behind] = sym;
	}
}

static bool is_of_object(const struct proof *proof, const struct shipped_symbol *shipped)
{
	const struct symbol *sym;

	for_each_symbol (proof->orig, sym) {
		if (sym->section && sym->type == STT_FUNC &&
		    matching_symbol(proof, sym, shipped->address) == shipped)
			return true;
	}
	return false;
}

static bool has_other_proven(const struct proof *proof, uint32_t index)
{
	uint32_t i;

	for (i = 1; i < proof->orig->nr_sections; i++) {
		if (i != index && is_proven(proof, i) &&
		    is_plain(proof->orig, &proof->orig->sections[i]))
			return true;
	}
	return false;
}

/*
 * Of several weak functions the linker takes the first, and leaves the others' code where it is,
 * without a name. One that stands among functions of other files is another file's.
 */
static void refuse_other_weak(struct proof *proof, uint32_t index)
{
	const struct section *sec = &proof->orig->sections[index];
	const struct symbol *sym = covering_symbol(proof->orig, sec);
	const struct shipped_symbol *neighbours[2];

	if (sym->bind != STB_WEAK || !is_plain(proof->orig, sec) || !has_other_proven(proof, index))
		return;
	find_neighbours(proof, proof->sections[index].address, neighbours);
	if ((neighbours[0] && is_of_object(proof, neighbours[0])) ||
	    (neighbours[1] && is_of_object(proof, neighbours[1])))
		return;
	finding_at(proof->diff, "weak-overridden", spot_in_orig(proof->diff, sec),
		   "change the one that runs",
		   "the changed function %s is weak, and the shipped one of that name does not "
		   "stand beside other functions of this file, but is another file's",
		   sym->name);
}

void refuse_other_names(struct proof *proof, uint32_t index)
{
	refuse_shared_place(proof, index);
	refuse_split_alias(proof, index);
	refuse_other_weak(proof, index);
}
