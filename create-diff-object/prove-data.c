// SPDX-License-Identifier: GPL-2.0-only
/*
 * Constants that code of the patch uses: the compiler may have put their values into it; and
 * variables, of which it knows the size. What proven code refers to has been compared, but for
 * constants with global names; here are those, and what only the patch refers to.
 */
#include "proof.h"
#include "prove.h"
#include "report.h"
#include "util.h"

#include <inttypes.h>
#include <stdlib.h>

static bool is_constant(const struct section *sec)
{
	/* the kernel's build fills others in, as .BTF_ids */
	return sec->kind == KIND_RODATA && has_prefix(sec->name, ".rodata") && sec->data;
}

/* Of what has a global name, proven code tells the place and the size, but not the content. */
static bool is_known(const struct proof *proof, uint32_t index)
{
	return proof->sections[index].known && (proof->states[index] == PROOF_PROVEN ||
						!is_constant(&proof->orig->sections[index]));
}

/* What of the original @rela of carried code refers to, where it is not known yet. */
static uint32_t used_data(const struct proof *proof, const struct rela *rela)
{
	const struct section *target = &proof->diff->patched.sections[rela->target];

	if (!rela->target || target->carried || !target->twin ||
	    (target->kind != KIND_RODATA && target->kind != KIND_DATA))
		return 0;
	return is_known(proof, target->twin) ? 0 : target->twin;
}

/* Names alone say which one it is. */
static bool has_other_size(struct proof *proof, const struct symbol *sym)
{
	const struct shipped_symbol *shipped = located_symbol(proof, sym);

	if (!shipped || sym->type != STT_OBJECT || shipped->type != STT_OBJECT ||
	    sym->size == shipped->size)
		return false;
	/* as in same_kind() */
	if (!sym->size && shipped->size == 1)
		return false;
	free(proof->failure.text);
	proof->failure = (struct failure){ 0 };
	fail(proof, false, 0, 0, "it has %" PRIu64 " bytes instead of %" PRIu64, shipped->size,
	     sym->size);
	return true;
}

/*
 * Whether one at a place of its name has its content; where the object's symbols are found, it is
 * the one there. What is not there has no address to refer to, as others say.
 */
static enum proof_state prove_constant(struct proof *proof, uint32_t index,
				       const struct symbol *sym)
{
	const struct shipped_symbol *located = located_symbol(proof, sym), *shipped;
	enum proof_state state = PROOF_MISSING;

	for (shipped = shipped_named(proof->shipped, sym->name); shipped;
	     shipped = shipped_next(proof->shipped, shipped)) {
		size_t mark = proof->nr_undo;
		uint32_t file = proof->file;

		if (matching_symbol(proof, sym, shipped->address) != shipped ||
		    (located && shipped->address != located->address))
			continue;
		free(proof->failure.text);
		proof->failure = (struct failure){ 0 };
		if (prove_function(proof, index, shipped->address - sym->value)) {
			forget_function(proof, mark, file);
			return PROOF_PROVEN;
		}
		if (state != PROOF_OPEN)
			state = proof->failure.open ? PROOF_OPEN : PROOF_DIFFERS;
	}
	return state;
}

/* Of what another file may override, the compiler knows no value. */
static bool has_known_value(const struct section *sec, const struct symbol *sym)
{
	return is_constant(sec) && sym->bind != STB_WEAK;
}

static void check_data(struct proof *proof, uint32_t index)
{
	const struct section *sec = &proof->orig->sections[index];
	const struct symbol *sym = covering_symbol(proof->orig, sec);
	enum proof_state state = PROOF_DIFFERS;

	if (!sym)
		return;
	if (!has_other_size(proof, sym)) {
		if (!has_known_value(sec, sym))
			return;
		state = prove_constant(proof, index, sym);
	}
	if (state == PROOF_DIFFERS)
		finding_at(proof->diff, "differs-from-shipped", spot_in_orig(proof->diff, sec),
			   "give the source, the configuration and the compiler that the kernel "
			   "was built from and with",
			   "the shipped %s, which the patch uses, is not what the original source "
			   "compiles to: %s",
			   section_label(proof->orig, sec), proof->failure.text);
	else if (state == PROOF_OPEN)
		finding_at(proof->diff, "cannot-be-proven", spot_in_orig(proof->diff, sec),
			   "do without it, or call a function of the kernel that reads it",
			   "it cannot be proven that the shipped %s, which the patch uses, is what "
			   "the original source compiles to: %s",
			   section_label(proof->orig, sec), proof->failure.text);
}

void refuse_unproven_data(struct proof *proof)
{
	bool *checked = xcalloc(proof->orig->nr_sections, sizeof(*checked));
	const struct section *sec;
	const struct rela *rela;
	uint32_t index;

	for_each_section (&proof->diff->patched, sec) {
		if (!sec->carried || sec->kind != KIND_TEXT)
			continue;
		for_each_rela (sec, rela) {
			index = used_data(proof, rela);
			if (!index || checked[index])
				continue;
			checked[index] = true;
			check_data(proof, index);
		}
	}
	free(checked);
	free(proof->failure.text);
	proof->failure = (struct failure){ 0 };
}
