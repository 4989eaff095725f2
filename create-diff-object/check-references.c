// SPDX-License-Identifier: GPL-2.0-only
/* References of what is carried, and tables that nothing here knows. */
#include "arch/arch.h"
#include "check.h"
#include "kinds.h"
#include "report.h"
#include "util.h"

#include <inttypes.h>
#include <string.h>

const char *runtime_constant(const struct section *sec)
{
	static const char *const prefixes[] = { "runtime_ptr_", "runtime_shift_" };
	size_t i;

	for (i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++) {
		if (has_prefix(sec->name, prefixes[i]))
			return sec->name + strlen(prefixes[i]);
	}
	return NULL;
}

/*
 * In a patch module the placeholder would stay, and kpatch-build puts a read of the variable in
 * its place (runtime-constants.awk).
 */
static void check_runtime_constant(struct diff *diff, const struct section *sec, const char *name)
{
	const struct object *obj = &diff->patched;
	const struct rela *rela;

	for_each_rela (sec, rela) {
		const struct section *target = &obj->sections[rela->target];
		uint32_t function = rela->target ? function_of(obj, rela->target) : 0;

		if (target->carried && target->kind == KIND_TEXT && function)
			finding_at(diff, "runtime-constant",
				   spot_at(diff, target, (uint64_t)rela->target_offset),
				   "read the variable in its place, as modules do",
				   "%s has the value of %s as a constant that the kernel writes "
				   "into its own code when it starts, and into no module's",
				   section_label(obj, &obj->sections[function]), name);
	}
}

static void check_table_entries(struct diff *diff, const struct section *sec)
{
	const struct object *obj = &diff->patched;
	const struct rela *rela;

	for_each_rela (sec, rela) {
		const struct section *target = &obj->sections[rela->target];

		if (target->carried && target->kind == KIND_TEXT)
			finding_at(diff, "unknown-table", spot_of(diff, target),
				   "do without the macro that makes the entry",
				   "the section %s has an entry for %s, and what it means is not "
				   "known",
				   sec->name, section_label(obj, target));
	}
}

/* Whether an entry of .BTF_ids is new or gone: what has no name there moves with that. */
static bool has_other_btf_ids(const struct object *obj)
{
	const struct section *sec;

	for_each_section (obj, sec) {
		if (is_btf_entry(obj, sec) && !sec->twin)
			return true;
	}
	return false;
}

static bool refuse_btf_flags(struct diff *diff, const struct section *sec)
{
	const struct section *entry = sec - 1;

	if (strcmp(sec->name, ".BTF_ids"))
		return false;
	if (has_other_btf_ids(&diff->orig) || has_other_btf_ids(&diff->patched))
		return true;
	if (sec->status != STATUS_CHANGED || entry->origin != sec->origin ||
	    !is_btf_entry(&diff->patched, entry) || sec->reason.offset >= sizeof(uint32_t))
		return false;
	finding_at(diff, "new-table-entry", spot_of(diff, sec), "leave them as they are",
		   "the flags of %s in %s changed, but the kernel has read them",
		   section_label(&diff->patched, entry), sec->name);
	return true;
}

/*
 * A table that nothing here knows: without a symbol for its entries it is not data that
 * code refers to, but something that the kernel walks.
 */
void check_unknown(struct diff *diff)
{
	const struct section *sec;
	const char *name;

	for_each_section (&diff->patched, sec) {
		name = runtime_constant(sec);
		if (name && !sec->split) {
			check_runtime_constant(diff, sec, name);
			continue;
		}
		if (sec->split || (sec->kind != KIND_UNKNOWN && (!is_special(sec) || sec->symbol)))
			continue;
		if (is_changed(sec) && !refuse_btf_flags(diff, sec))
			finding_at(diff, "unknown-section", spot_of(diff, sec),
				   "leave that part of the change out, or use "
				   "KPATCH_IGNORE_SECTION if the kernel does not need it",
				   "the section %s %s, and what it means is not known", sec->name,
				   sec->status == STATUS_NEW ? "is new" : "changed");
		check_table_entries(diff, sec);
	}
}

/*
 * Beyond either end of a section: the variable that a loop counts from is not known, and the
 * new one that happens to stand next to that place is elsewhere in the patch module.
 */
static bool is_beside_new(const struct object *obj, const struct rela *rela)
{
	const struct section *target = &obj->sections[rela->target];

	return rela->target && target->carried && target->status == STATUS_NEW &&
	       target->origin != rela->target && obj->symbols[rela->symbol].type == STT_SECTION &&
	       (rela->target_offset < 0 || (uint64_t)rela->target_offset > target->size);
}

static bool refers_to(const struct section *sec, uint32_t target)
{
	const struct rela *rela;

	for_each_rela (sec, rela) {
		if (rela->target == target)
			return true;
	}
	return false;
}

/* Whether a part of a section and the one behind it touch. */
static bool touch(const struct section *a, const struct section *b)
{
	return a->origin == b->origin && a->origin_offset + a->size == b->origin_offset;
}

/*
 * Whether two neighbours in a section of the patched object are none in memory: one of them
 * is in the patch module, or something stood between them in the original.
 */
static bool are_apart(const struct diff *diff, const struct section *a, const struct section *b)
{
	if (a->status == STATUS_NEW || b->status == STATUS_NEW)
		return a->status != b->status;
	return a->twin && b->twin &&
	       !touch(&diff->orig.sections[a->twin], &diff->orig.sections[b->twin]);
}

/* What fits into a register is no array. */
static bool may_be_array(const struct section *sec)
{
	return sec->symbol && sec->size > sizeof(uint64_t);
}

/*
 * In a section of several variables gas spells the end of an array as a place of the section,
 * which is the start of what stands behind. Where the two are far apart in memory, a loop
 * over the array would not end. What code reads or writes just there is what stands behind.
 * Compilers do not spell places before an array in that way in the kernel's memory model.
 */
static bool may_be_end(const struct diff *diff, const struct section *sec, const struct rela *rela)
{
	const struct object *obj = &diff->patched;
	const struct section *target = &obj->sections[rela->target], *before = target - 1;

	if (!rela->target || rela->target_offset || target->kind == KIND_TEXT || !target->symbol ||
	    obj->symbols[rela->symbol].type != STT_SECTION)
		return false;
	return may_be_array(before) && touch(before, target) && are_apart(diff, before, target) &&
	       refers_to(sec, rela->target - 1) && !arch_x86_64.access_size(sec, rela);
}

static bool is_freed(const struct diff *diff, const struct section *sec, const struct rela *rela)
{
	const struct section *target = &diff->patched.sections[rela->target];

	return rela->target && target->kind == KIND_INIT &&
	       !(target->symbol &&
		 was_freed_used(diff, sec, rela->target, section_label(&diff->patched, target)));
}

static void check_rela(struct diff *diff, const struct section *sec, const struct rela *rela)
{
	const struct object *obj = &diff->patched;
	const char *name = section_label(obj, sec);

	if (rela->type == R_X86_64_PC8)
		finding_at(diff, "shared-section-jump", spot_at(diff, sec, rela->offset),
			   "change other functions, for example its callers",
			   "%s jumps to %s with a short jump, since both are in the section %s; "
			   "such a function cannot be moved",
			   name, section_label(obj, &obj->sections[rela->target]), sec->name);
	else if (!arch_x86_64.known_rela(rela->type))
		finding_at(diff, "unknown-relocation", spot_at(diff, sec, rela->offset),
			   "compile with the kernel's own compiler and options",
			   "%s+0x%x has a relocation of type %u", name, rela->offset, rela->type);
	if (is_beside_new(obj, rela))
		finding_at(diff, "reference-unnamed", spot_at(diff, sec, rela->offset),
			   "do without it, or put new variables into another section",
			   "%s refers to a place beyond the end of %s, counted from a variable "
			   "that is not known; the last one there is the new %s",
			   name, obj->sections[rela->target].name,
			   section_label(obj, &obj->sections[rela->target]));
	if (may_be_end(diff, sec, rela))
		finding_at(diff, "reference-ambiguous", spot_at(diff, sec, rela->offset),
			   "put new variables into another section, and leave in those there are",
			   "%s refers to %s, or to the end of %s before it, and the two are not "
			   "side by side in the kernel",
			   name, section_label(obj, &obj->sections[rela->target]),
			   section_label(obj, &obj->sections[rela->target - 1]));
	if (is_freed(diff, sec, rela))
		finding_at(diff, "init-reference", spot_at(diff, sec, rela->offset),
			   "use a copy of it outside of init, or other code",
			   "%s refers to %s, which is in the init section %s; its memory is freed "
			   "when %s",
			   name, section_label(obj, &obj->sections[rela->target]),
			   obj->sections[rela->target].name, when_freed(diff));
}

void check_relas(struct diff *diff)
{
	const struct section *sec;
	const struct rela *rela;

	for_each_section (&diff->patched, sec) {
		if (!sec->carried)
			continue;
		for_each_rela (sec, rela)
			check_rela(diff, sec, rela);
	}
}
