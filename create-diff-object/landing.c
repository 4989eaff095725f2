// SPDX-License-Identifier: GPL-2.0-only
/*
 * Addresses of functions that no pointer leads to in the running kernel. With indirect branch
 * tracking (CONFIG_X86_KERNEL_IBT) those begin without a landing mark: compilers give none to
 * a static function that is only called, and the kernel overwrites those that objtool has listed in
 * .ibt_endbr_seal (apply_seal_endbr(), arch/x86/kernel/alternative.c, Linux 6.12).
 */
#include "arch/arch.h"
#include "check.h"
#include "code-places.h"
#include "emitter.h"
#include "parent.h"
#include "proof.h"
#include "report.h"
#include "shipped.h"

static bool is_marked(const uint8_t *code, uint64_t size)
{
	return code && arch_x86_64.landing_length(code, size);
}

/* Each unit has a function that others call, and each such one has the mark or none has. */
static bool is_tracked(const struct object *obj)
{
	const struct section *sec;
	uint64_t at;

	for_each_section (obj, sec) {
		if (sec->kind != KIND_TEXT || sec->split || !sec->symbol)
			continue;
		at = entry_offset(obj, sec);
		if (at < sec->size && is_marked(sec->data + at, sec->size - at))
			return true;
	}
	return false;
}

static bool is_sealed(const struct shipped *shipped, uint64_t address)
{
	enum { ENTRY_SIZE = 4 };
	struct shipped_range range;
	uint64_t at, place;

	if (!shipped_table(shipped, ".ibt_endbr_seal", &range))
		return false;
	for (at = range.address; at + ENTRY_SIZE <= range.address + range.size; at += ENTRY_SIZE) {
		const struct shipped_field field = {
			.address = at,
			.width = ENTRY_SIZE,
			.pcrel = true,
			.end = at,
		};

		if (shipped_refers(shipped, &field, &place) && place == address)
			return true;
	}
	return false;
}

/* What the original takes as well is a place to return to, and not called. */
static bool was_taken(const struct diff *diff, const char *name)
{
	const struct section *taker;

	return taken_address(&diff->orig, name, true, &taker) ||
	       taken_address(&diff->orig, name, false, &taker);
}

/* What objtool lists has no address taken in the kernel, whatever the original looks like. */
static bool lacks_landing(const struct diff *diff, const struct shipped *shipped,
			  const struct shipped_symbol *sym)
{
	enum { LONGEST_MARK = 4 };

	if (!sym || sym->type != STT_FUNC)
		return false;
	if (is_marked(shipped_bytes(shipped, sym->address, LONGEST_MARK), LONGEST_MARK))
		return is_sealed(shipped, sym->address);
	return !was_taken(diff, sym->name);
}

bool refuse_unmarked(struct emitter *e, const struct parent_symbol *sym)
{
	struct diff *diff = e->diff;
	const struct shipped *shipped = diff->proof ? proof_shipped(diff->proof) : NULL;

	if (!shipped || !e->rela || !takes_address(e->spot.sec, e->rela) ||
	    leads_inside(&diff->patched, e->rela) || !is_tracked(&diff->patched) ||
	    !lacks_landing(diff, shipped, shipped_symbol(shipped, sym->order)))
		return false;
	finding_at(diff, "no-endbr", e->spot,
		   "give it the address of a new function that only calls this one",
		   "%s takes the address of %s, which in the running kernel begins without ENDBR, "
		   "since no pointer leads to it there: with indirect branch tracking a call by "
		   "that "
		   "address stops the kernel",
		   section_label(&diff->patched, e->spot.sec), sym->name);
	return true;
}

void refuse_unmarked_local(struct emitter *e, const char *name)
{
	const struct parent *parent = e->diff->parent;
	const struct parent_symbol *sym;

	for (sym = parent_next(parent, NULL); sym; sym = parent_next(parent, sym)) {
		if (!strcmp(sym->name, name) && refuse_unmarked(e, sym))
			return;
	}
}
