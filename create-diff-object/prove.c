// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whether the rebuilt original is what runs: every function that is replaced, and as many others
 * of the object as can be, compared with the shipped code of the parent.
 */
#include "prove.h"
#include "kinds.h"
#include "parent.h"
#include "passes.h"
#include "proof.h"
#include "report.h"
#include "util.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

bool fail(struct proof *proof, bool open, uint32_t section, uint64_t offset, const char *fmt, ...)
{
	struct failure *failure = &proof->failure;
	va_list ap;

	if (failure->text)
		return false;
	va_start(ap, fmt);
	if (vasprintf(&failure->text, fmt, ap) < 0)
		fatal("no-memory", "out of memory");
	va_end(ap);
	failure->open = open;
	failure->section = section;
	failure->offset = offset;
	return false;
}

char *place_name(const struct proof *proof, uint64_t address)
{
	const struct shipped_symbol *sym = shipped_before(proof->shipped, address);

	if (!sym || address - sym->address > UINT32_MAX)
		return xasprintf("0x%" PRIx64, address);
	if (sym->address == address)
		return xasprintf("%s", sym->name);
	return xasprintf("%s+0x%" PRIx64, sym->name, address - sym->address);
}

/* The places where a function may be, from its name. */
struct candidates {
	uint64_t *addresses;
	size_t nr, max;
};

static void add_candidate(const struct proof *proof, struct candidates *list,
			  const struct symbol *sym, const struct shipped_symbol *shipped)
{
	size_t i;

	/* undefined ones of a module are in no section */
	if (matching_symbol(proof, sym, shipped->address) != shipped ||
	    !shipped_section(proof->shipped, shipped->address, 1))
		return;
	for (i = 0; i < list->nr; i++) {
		if (list->addresses[i] == shipped->address)
			return;
	}
	grow(list->addresses, list->nr, list->max);
	list->addresses[list->nr++] = shipped->address;
}

/* Of weak functions that somebody overrides, another code runs. */
static bool is_overridden(const struct symbol *sym, const struct shipped_symbol *shipped)
{
	return sym->bind == STB_WEAK && shipped->bind != STB_WEAK;
}

static bool find_candidates(const struct proof *proof, const struct symbol *sym,
			    struct candidates *list)
{
	const struct shipped_symbol *shipped;

	list->nr = 0;
	for (shipped = shipped_named(proof->shipped, sym->name); shipped;
	     shipped = shipped_next(proof->shipped, shipped)) {
		if (is_overridden(sym, shipped))
			return false;
		add_candidate(proof, list, sym, shipped);
	}
	if (list->nr || !is_numbered(sym->name))
		return list->nr;
	for (shipped = shipped_each(proof->shipped, NULL); shipped;
	     shipped = shipped_each(proof->shipped, shipped)) {
		if (shipped->type == STT_FUNC && !compare_bases(shipped->name, sym->name))
			add_candidate(proof, list, sym, shipped);
	}
	return list->nr;
}

bool is_unproven(const struct proof *proof, uint32_t index)
{
	return proof->states[index] == PROOF_DIFFERS || proof->states[index] == PROOF_OPEN ||
	       proof->states[index] == PROOF_SEVERAL;
}

static void keep_failure(struct proof *proof, uint32_t index)
{
	free(proof->failures[index].text);
	proof->failures[index] = proof->failure;
	proof->failure = (struct failure){ 0 };
}

static void try_one(struct proof *proof, uint32_t index, uint64_t address)
{
	if (prove_function(proof, index, address))
		return;
	proof->states[index] = proof->failure.open ? PROOF_OPEN : PROOF_DIFFERS;
	keep_failure(proof, index);
	proof->failures[index].tried = address;
}

const struct shipped_symbol *located_symbol(const struct proof *proof, const struct symbol *sym)
{
	const struct parent_symbol *parent;
	bool ambiguous;

	parent = parent_lookup(proof->diff->parent, sym->name, sym->bind == STB_LOCAL, &ambiguous);
	return parent ? shipped_symbol(proof->shipped, parent->order) : NULL;
}

/* The place of the function by where the object's symbols are in the parent; false: not known. */
static bool located_place(const struct proof *proof, uint32_t index, uint64_t *address)
{
	const struct symbol *sym = covering_symbol(proof->orig, &proof->orig->sections[index]);
	const struct shipped_symbol *shipped = located_symbol(proof, sym);

	if (!shipped)
		return false;
	*address = shipped->address;
	return true;
}

/* What came of the places where a function may be. */
struct tried {
	size_t good, open; /* how many have its code; how many may have it */
	uint64_t address; /* of the last that has it */
};

static struct tried try_each(struct proof *proof, uint32_t index, const struct candidates *list)
{
	size_t i, mark = proof->nr_undo;
	struct tried tried = { 0 };
	uint32_t file = proof->file;

	for (i = 0; i < list->nr; i++) {
		if (!prove_function(proof, index, list->addresses[i])) {
			tried.open += proof->failure.open;
			keep_failure(proof, index);
			continue;
		}
		forget_function(proof, mark, file);
		tried.address = list->addresses[i];
		tried.good++;
	}
	return tried;
}

static enum proof_state tell_tried(struct proof *proof, uint32_t index, const struct tried *tried,
				   size_t nr)
{
	proof->failure = (struct failure){ 0 };
	if (tried->good > 1)
		fail(proof, true, index, 0, "%zu functions of its name have the same code",
		     tried->good);
	else if (tried->good || tried->open)
		fail(proof, true, index, 0,
		     "%zu of the %zu functions of its name may have its code",
		     tried->good + tried->open, nr);
	else
		fail(proof, false, index, 0, "none of the %zu functions of its name has its code",
		     nr);
	keep_failure(proof, index);
	if (tried->open)
		return PROOF_OPEN;
	return tried->good ? PROOF_SEVERAL : PROOF_DIFFERS;
}

/*
 * Of several places, the one where the code is the same; where it is at more than one, or another
 * one cannot be told from it, that where the object's symbols are.
 */
static bool try_all(struct proof *proof, uint32_t index, const struct candidates *list)
{
	struct tried tried = try_each(proof, index, list);
	uint64_t address = tried.address;

	if ((tried.good == 1 && !tried.open) ||
	    (tried.good && located_place(proof, index, &address))) {
		try_one(proof, index, address);
		return true;
	}
	proof->states[index] = tell_tried(proof, index, &tried, list->nr);
	return !tried.good;
}

bool is_provable(const struct object *obj, const struct section *sec)
{
	const struct symbol *sym = covering_symbol(obj, sec);

	return sec->kind == KIND_TEXT && !sec->split && sec->data && !sec->owner && sym &&
	       sym->type == STT_FUNC;
}

/* Returns whether something was found out. */
static bool settle(struct proof *proof, uint32_t index, bool all, struct candidates *list)
{
	const struct symbol *sym = covering_symbol(proof->orig, &proof->orig->sections[index]);

	if (proof->sections[index].known) {
		try_one(proof, index, proof->sections[index].address);
		return true;
	}
	if (!find_candidates(proof, sym, list)) {
		proof->states[index] = PROOF_MISSING;
		return false;
	}
	if (list->nr > 1)
		return all && try_all(proof, index, list);
	try_one(proof, index, list->addresses[0]);
	return true;
}

/* Proven code tells where it is, and that is not where its name has led to: clones are renumbered. */
static bool is_elsewhere(const struct proof *proof, uint32_t index)
{
	return proof->sections[index].known && is_unproven(proof, index) &&
	       proof->failures[index].tried != proof->sections[index].address;
}

/*
 * Names that occur once come first: they tell which file of the parent it is, and what
 * they refer to.
 */
static bool settle_round(struct proof *proof, bool all, struct candidates *list)
{
	bool progress = false;
	uint32_t i;

	for (i = 1; i < proof->orig->nr_sections; i++) {
		if (!is_provable(proof->orig, &proof->orig->sections[i]))
			continue;
		if (proof->states[i] != PROOF_UNTRIED && !is_elsewhere(proof, i))
			continue;
		progress |= settle(proof, i, all, list);
		if (progress && all)
			return true;
	}
	return progress;
}

/*
 * What could not be told may be told when more is known: a reference to the middle of a function
 * that was not proven then. @nr is how many were when it was asked last.
 */
static bool try_open_again(struct proof *proof, size_t *nr)
{
	size_t before = *nr;
	uint32_t i;

	*nr = 0;
	for (i = 1; i < proof->orig->nr_sections; i++)
		*nr += proof->states[i] == PROOF_PROVEN;
	if (*nr <= before)
		return false;
	for (i = 1; i < proof->orig->nr_sections; i++) {
		if (proof->states[i] == PROOF_OPEN)
			proof->states[i] = PROOF_UNTRIED;
	}
	return true;
}

static void settle_functions(struct proof *proof)
{
	struct candidates list = { 0 };
	size_t nr = 0;

	do {
		while (settle_round(proof, false, &list) || settle_round(proof, true, &list))
			;
	} while (try_open_again(proof, &nr));
	free(list.addresses);
}

static struct proof *new_proof(struct diff *diff)
{
	size_t nr = diff->orig.nr_sections;
	struct shipped *shipped = NULL;
	struct proof *proof;

	if (parent_elf(diff->parent))
		shipped =
			shipped_open(parent_elf(diff->parent), patches_vmlinux(diff), &diff->orig);
	if (!shipped)
		return NULL;
	proof = xcalloc(1, sizeof(*proof));
	proof->diff = diff;
	proof->orig = &diff->orig;
	proof->shipped = shipped;
	proof->states = xcalloc(nr, sizeof(*proof->states));
	proof->codes = xcalloc(nr, sizeof(*proof->codes));
	proof->sections = xcalloc(nr, sizeof(*proof->sections));
	proof->symbols = xcalloc(diff->orig.nr_symbols, sizeof(*proof->symbols));
	proof->buckets = xcalloc(nr, sizeof(*proof->buckets));
	proof->chain = xcalloc(nr, sizeof(*proof->chain));
	proof->failures = xcalloc(nr, sizeof(*proof->failures));
	return proof;
}

struct proof *try_proof(struct diff *diff)
{
	struct proof *proof = new_proof(diff);

	if (proof)
		settle_functions(proof);
	return proof;
}

void free_proof(struct proof *proof)
{
	size_t i;

	if (!proof)
		return;
	for (i = 0; i < proof->orig->nr_sections; i++) {
		forget_code(proof, (uint32_t)i);
		free(proof->failures[i].text);
	}
	free_tables(proof);
	shipped_close(proof->shipped);
	free(proof->states);
	free(proof->codes);
	free(proof->sections);
	free(proof->symbols);
	free(proof->buckets);
	free(proof->chain);
	free(proof->failures);
	free(proof->undo);
	free(proof->work);
	free(proof->pending);
	free(proof);
}

/* What replace_callers() has made new is called in the place of its original by all who call that. */
static bool comes_with_callers(const struct section *sec)
{
	return sec->status == STATUS_NEW && sec->twin;
}

uint32_t replaced_function(const struct diff *diff, const struct section *sec)
{
	const struct symbol *sym = covering_symbol(&diff->patched, sec);

	if (!sec->carried || sec->kind != KIND_TEXT || !sym || !sym->twin)
		return 0;
	if ((sec->status != STATUS_CHANGED || sec->owner) && !comes_with_callers(sec))
		return 0;
	return diff->orig.symbols[sym->twin].section;
}

/* Marks the functions of the original that are replaced; returns how many there are. */
static size_t find_replaced(const struct diff *diff, bool *replaced)
{
	const struct section *sec;
	size_t nr = 0;

	for_each_section (&diff->patched, sec) {
		uint32_t index = replaced_function(diff, sec);

		if (index && !replaced[index]) {
			replaced[index] = true;
			nr++;
		}
	}
	return nr;
}

static void tell_failure(struct proof *proof, uint32_t index)
{
	const struct section *sec = &proof->orig->sections[index];
	const struct failure *failure = &proof->failures[index];
	struct spot spot = spot_in_orig(proof->diff, sec);

	if (failure->section && function_of(proof->orig, failure->section) == index)
		spot = (struct spot){ proof->orig, &proof->orig->sections[failure->section],
				      failure->offset };
	if (proof->states[index] == PROOF_DIFFERS)
		finding_at(proof->diff, "differs-from-shipped", spot,
			   "give the source, the configuration and the compiler that the kernel "
			   "was built from and with",
			   "the shipped code of %s is not what the original source compiles to: %s",
			   section_label(proof->orig, sec), failure->text);
	else
		finding_at(proof->diff, "cannot-be-proven", spot,
			   "change another function, for example a caller",
			   "it cannot be proven that the shipped code of %s is what the original "
			   "source compiles to: %s",
			   section_label(proof->orig, sec), failure->text);
}

/* Functions that the patch leaves alone and that are not what the source says. */
static void tell_others(struct proof *proof, const bool *replaced)
{
	char *list = NULL, *longer;
	size_t nr = 0;
	uint32_t i;

	for (i = 1; i < proof->orig->nr_sections; i++) {
		if (replaced[i] || !is_unproven(proof, i))
			continue;
		nr++;
		longer = xasprintf("%s%s%s", list ? list : "", list ? ", " : "",
				   section_label(proof->orig, &proof->orig->sections[i]));
		free(list);
		list = longer;
	}
	if (nr)
		note(proof->diff, "others-differ",
		     "%zu function(s) that the patch does not replace could not be proven, either: "
		     "%s",
		     nr, list);
	free(list);
}

static void tell_unproven(struct diff *diff, const bool *replaced)
{
	uint32_t i;

	for (i = 1; i < diff->orig.nr_sections; i++) {
		if (!replaced[i] || (diff->proof && diff->proof->states[i] == PROOF_PROVEN))
			continue;
		warning(diff, "not-proven",
			"%s was not proven to be what runs, as --no-proof says%s%s",
			section_label(&diff->orig, &diff->orig.sections[i]),
			diff->proof && diff->proof->failures[i].text ? ": " : "",
			diff->proof && diff->proof->failures[i].text ? diff->proof->failures[i].text
								     : "");
	}
}

static void tell(struct diff *diff, const bool *replaced)
{
	struct proof *proof = diff->proof;
	uint32_t i;

	for (i = 1; i < diff->orig.nr_sections; i++) {
		if (replaced[i] && is_unproven(proof, i))
			tell_failure(proof, i);
		else if (replaced[i] && is_proven(proof, i))
			refuse_other_names(proof, i);
	}
	refuse_unproven_users(proof, replaced);
	refuse_unproven_callees(proof, replaced);
	refuse_unproven_data(proof);
	tell_others(proof, replaced);
}

void prove(struct diff *diff)
{
	bool *replaced = xcalloc(diff->orig.nr_sections, sizeof(*replaced));

	if (find_replaced(diff, replaced)) {
		diff->proof = try_proof(diff);
		if (!diff->proof && !diff->no_proof)
			fatal("no-shipped-code",
			      "%s: only the symbols of %s are given, so that it cannot be proven "
			      "that "
			      "the original is what runs; give the ELF file with its code, or "
			      "--no-proof",
			      diff->patched.label, diff->parent_name);
		if (diff->no_proof)
			tell_unproven(diff, replaced);
		else
			tell(diff, replaced);
	}
	free(replaced);
}

uint64_t proven_place(const struct proof *proof, const struct section *sec, const struct rela *rela)
{
	uint32_t index = section_index(proof->orig, sec);

	return proof->states[index] == PROOF_PROVEN && proof->codes[index]
		       ? proof->codes[index]->places[rela - sec->relas]
		       : 0;
}

const struct shipped_symbol *proven_symbol(const struct proof *proof, const struct symbol *sym)
{
	const struct solution *solution;
	uint64_t address;

	if (!proof)
		return NULL;
	solution = sym->section ? &proof->sections[sym->section]
				: &proof->symbols[symbol_index(proof->orig, sym)];
	if (!solution->known)
		return NULL;
	address = solution->address;
	if (sym->section) {
		const struct section *sec = &proof->orig->sections[sym->section];

		if (sec->kind != KIND_TEXT)
			address += sym->value;
		else if (sym->value != entry_offset(proof->orig, sec))
			return NULL;
	}
	return matching_symbol(proof, sym, address);
}

struct shipped *proof_shipped(const struct proof *proof)
{
	return proof->shipped;
}

bool is_proven(const struct proof *proof, uint32_t index)
{
	return proof && proof->states[index] == PROOF_PROVEN;
}

void each_replaced(const struct diff *diff,
		   void (*tell_one)(void *ctx, const char *name, bool proven), void *ctx)
{
	const struct section *sec;

	for_each_section (&diff->patched, sec) {
		uint32_t index = replaced_function(diff, sec);

		if (index)
			tell_one(ctx, section_label(&diff->orig, &diff->orig.sections[index]),
				 is_proven(diff->proof, index));
	}
}

static void refuse_unproven(void *ctx, const char *name, bool proven)
{
	if (!proven)
		finding(ctx, "cannot-be-proven",
			"it cannot be proven that the shipped code of %s is what the original "
			"source "
			"compiles to: it was not found there; change another function, for example "
			"a "
			"caller",
			name);
}

void check_proven(struct diff *diff)
{
	if (!diff->no_proof && !is_refused(diff))
		each_replaced(diff, refuse_unproven, diff);
}
