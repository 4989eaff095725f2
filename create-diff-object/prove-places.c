// SPDX-License-Identifier: GPL-2.0-only
/*
 * What references lead to. The address comes from the shipped bytes; the name, or the content
 * where there is no name, has to be the right one, and the same symbol has the same address
 * everywhere in the object.
 */
#include "arch/arch.h"
#include "describe.h"
#include "kinds.h"
#include "prove.h"
#include "util.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static uint32_t *bucket_of(struct proof *proof, uint64_t address)
{
	return &proof->buckets[(address * UINT64_C(0x9e3779b97f4a7c15) >> 20) %
			       proof->orig->nr_sections];
}

static void keep_section(struct proof *proof, uint32_t index, uint64_t address)
{
	uint32_t *bucket = bucket_of(proof, address);

	proof->sections[index] = (struct solution){ address, true };
	proof->chain[index] = *bucket;
	*bucket = index;
	grow(proof->undo, proof->nr_undo, proof->max_undo);
	proof->undo[proof->nr_undo++] = (struct undo){ false, index };
}

static void keep_symbol(struct proof *proof, uint32_t index, uint64_t address)
{
	proof->symbols[index] = (struct solution){ address, true };
	grow(proof->undo, proof->nr_undo, proof->max_undo);
	proof->undo[proof->nr_undo++] = (struct undo){ true, index };
}

void undo_to(struct proof *proof, size_t mark)
{
	while (proof->nr_undo > mark) {
		const struct undo *undo = &proof->undo[--proof->nr_undo];

		if (undo->is_symbol) {
			proof->symbols[undo->index].known = false;
			continue;
		}
		/* the last that was put into its bucket is the first there */
		*bucket_of(proof, proof->sections[undo->index].address) = proof->chain[undo->index];
		proof->sections[undo->index].known = false;
	}
}

/* Another thing of the original that has this address already, or 0. */
static uint32_t already_there(struct proof *proof, uint32_t index, uint64_t address)
{
	uint32_t other;

	for (other = *bucket_of(proof, address); other; other = proof->chain[other]) {
		if (other != index && proof->sections[other].address == address &&
		    proof->orig->sections[other].size)
			return other;
	}
	return 0;
}

static bool has_global(const struct shipped *shipped, const char *name)
{
	const struct shipped_symbol *sym;

	for (sym = shipped_named(shipped, name); sym; sym = shipped_next(shipped, sym)) {
		if (sym->bind != STB_LOCAL)
			return true;
	}
	return false;
}

/*
 * Local names may have other numbers. Global ones that are hidden become local when vmlinux is
 * linked (STV_HIDDEN of the gABI).
 */
static bool same_name(const struct proof *proof, const struct symbol *sym,
		      const struct shipped_symbol *shipped)
{
	if (sym->bind == STB_LOCAL)
		return shipped->bind == STB_LOCAL && !compare_bases(sym->name, shipped->name);
	if (strcmp(sym->name, shipped->name))
		return false;
	return shipped->bind != STB_LOCAL || !has_global(proof->shipped, sym->name);
}

static bool same_kind(const struct symbol *sym, const struct shipped_symbol *shipped)
{
	if (!sym->section || sym->type == STT_NOTYPE || shipped->type == STT_NOTYPE)
		return true;
	if (sym->type != shipped->type)
		return false;
	/* without sections of their own, clang gives variables without a size a byte */
	return sym->type != STT_OBJECT || sym->size == shipped->size ||
	       (!sym->size && shipped->size == 1);
}

static bool same_file(const struct proof *proof, const struct shipped_symbol *shipped)
{
	if (shipped->bind != STB_LOCAL || !shipped->file)
		return true;
	if (proof->file)
		return shipped->file == proof->file;
	return !proof->orig->names_file ||
	       !strcmp(shipped_symbol(proof->shipped, shipped->file)->name, proof->orig->label);
}

const struct shipped_symbol *matching_symbol(const struct proof *proof, const struct symbol *sym,
					     uint64_t address)
{
	const struct shipped_symbol *const *there;
	size_t i, nr;

	there = shipped_at(proof->shipped, address, &nr);
	for (i = 0; i < nr; i++) {
		if (same_name(proof, sym, there[i]) && same_kind(sym, there[i]) &&
		    (sym->bind != STB_LOCAL || same_file(proof, there[i])))
			return there[i];
	}
	return NULL;
}

static bool wrong_name(struct proof *proof, const struct symbol *sym, uint64_t address,
		       uint32_t from, uint64_t offset)
{
	char *name = place_name(proof, address);

	fail(proof, false, from, offset, "%s is not what the shipped code has there: that is %s",
	     sym->name, name);
	free(name);
	return false;
}

static bool two_addresses(struct proof *proof, const char *name, uint64_t address, uint64_t before,
			  uint32_t from, uint64_t offset)
{
	char *now = place_name(proof, address), *then = place_name(proof, before);

	fail(proof, false, from, offset, "%s is at two places in the shipped code: %s and %s", name,
	     then, now);
	free(now);
	free(then);
	return false;
}

static bool solve_symbol(struct proof *proof, const struct symbol *sym, uint64_t address,
			 uint32_t from, uint64_t offset)
{
	uint32_t index = symbol_index(proof->orig, sym);
	const struct solution *known = &proof->symbols[index];

	if (known->known)
		return known->address == address ||
		       two_addresses(proof, sym->name, address, known->address, from, offset);
	if (sym->shndx == SHN_ABS)
		return address == sym->value || wrong_name(proof, sym, address, from, offset);
	/* a weak symbol that nobody defines */
	if (!matching_symbol(proof, sym, address) &&
	    (sym->bind != STB_WEAK || address || shipped_named(proof->shipped, sym->name)))
		return wrong_name(proof, sym, address, from, offset);
	keep_symbol(proof, index, address);
	return true;
}

void add_work(struct proof *proof, uint32_t index)
{
	grow(proof->work, proof->nr_work, proof->max_work);
	proof->work[proof->nr_work++] = index;
}

void add_pending(struct proof *proof, struct pending pending)
{
	grow(proof->pending, proof->nr_pending, proof->max_pending);
	proof->pending[proof->nr_pending++] = pending;
}

static bool is_readonly(const struct shipped_section *section)
{
	/* .rodata of vmlinux is called writable (.data..ro_after_init is in it), and is not */
	return !(section->flags & SHF_WRITE) || has_prefix(section->name, ".rodata") ||
	       has_prefix(section->name, ".init");
}

/*
 * Whether a string that the compiler writes down for a sanitizer's handler is the path of the same
 * file. It is spelled as the compiler was called, and distributions build in a directory beside
 * the source: "/build/linux-7.2/fs/a.c" is our "fs/a.c". Prefix maps are not for it.
 */
static bool same_source(const struct proof *proof, const struct section *sec, uint64_t address,
			uint32_t from)
{
	const struct shipped_section *section = shipped_section(proof->shipped, address, 1);
	const char *there, *here = (const char *)sec->data;
	size_t max, len, ours;

	if (!section || !section->data || sec->kind != KIND_STRINGS || !sec->size ||
	    here[sec->size - 1] ||
	    !has_prefix(proof->orig->sections[from].name, ".data..Lubsan_data"))
		return false;
	here += has_prefix(here, "./") ? 2 : 0;
	ours = strlen(here);
	there = (const char *)section->data + (address - section->address);
	max = section->size - (address - section->address);
	len = strnlen(there, max);
	return *there == '/' && len < max && len > ours && there[len - ours - 1] == '/' &&
	       !memcmp(there + len - ours, here, ours);
}

/* Strings and constants that the linker may merge: anywhere, with the same content. */
static bool solve_merged(struct proof *proof, const struct section *sec, uint64_t address,
			 uint32_t from, uint64_t offset)
{
	const struct shipped_section *section = shipped_section(proof->shipped, address, sec->size);
	const uint8_t *there = shipped_bytes(proof->shipped, address, sec->size);
	char *text;

	if (there && sec->data && is_readonly(section) &&
	    !shipped_nr_relas(proof->shipped, address, sec->size) &&
	    !memcmp(there, sec->data, sec->size))
		return true;
	if (sec->data && same_source(proof, sec, address, from))
		return true;
	text = sec->kind == KIND_STRINGS ? describe_string(sec, 0)
					 : xasprintf("the constant in %s", sec->name);
	fail(proof, false, from, offset, "%s is not what stands in the shipped kernel", text);
	free(text);
	return false;
}

/* Names that the linker leaves out of vmlinux tell nothing. */
static const struct symbol *naming_symbol(const struct object *obj, const struct section *sec)
{
	const struct symbol *sym = covering_symbol(obj, sec);

	return sym && *sym->name && !has_prefix(sym->name, ".L") ? sym : NULL;
}

/* Whether the content tells more than the name does, or is all that there is. */
static bool is_compared(const struct symbol *sym, const struct section *sec)
{
	if (sec->kind != KIND_RODATA && sec->kind != KIND_DATA)
		return false;
	return !sym ||
	       (sym->bind == STB_LOCAL && (sec->kind == KIND_RODATA || is_static_local(sym)));
}

static bool belongs_here(const struct proof *proof, const struct section *sec)
{
	return sec->kind == KIND_SNIPPET ||
	       (sec->kind == KIND_TEXT && sec->owner && sec->owner == proof->function);
}

/* The file that a local symbol is of; those without a size may share an address. */
static void learn_file(struct proof *proof, const struct symbol *sym, uint64_t address)
{
	const struct shipped_symbol *const *there;
	uint32_t file = 0;
	size_t i, nr;

	if (sym->bind != STB_LOCAL || !sym->size || proof->file)
		return;
	there = shipped_at(proof->shipped, address, &nr);
	for (i = 0; i < nr; i++) {
		if (!same_name(proof, sym, there[i]) || !same_kind(sym, there[i]) ||
		    !there[i]->size)
			continue;
		if (file && file != there[i]->file)
			return;
		file = there[i]->file;
	}
	proof->file = file;
}

static bool solve_named(struct proof *proof, uint32_t index, const struct symbol *sym,
			uint64_t address, uint32_t from, uint64_t offset)
{
	const struct section *sec = &proof->orig->sections[index];
	uint64_t at = address + (sec->kind == KIND_TEXT ? 0 : sym->value);

	if (!matching_symbol(proof, sym, at))
		return wrong_name(proof, sym, at, from, offset);
	learn_file(proof, sym, at);
	return true;
}

/*
 * The kernel's build fills .BTF_ids in (tools/bpf/resolve_btfids). One object's part of it stays
 * as it was, so that the distances in it tell what is what.
 */
static bool solve_btf_ids(struct proof *proof, const struct section *sec, uint64_t address,
			  uint32_t from, uint64_t offset)
{
	const struct shipped_section *section = shipped_section(proof->shipped, address, sec->size);
	struct solution *whole = &proof->sections[sec->origin];

	if (!section || strcmp(section->name, sec->name))
		return fail(proof, false, from, offset, "%s is not there in the shipped code",
			    section_label(proof->orig, sec));
	if (whole->known)
		return whole->address == address - sec->origin_offset ||
		       two_addresses(proof, sec->name, address - sec->origin_offset, whole->address,
				     from, offset);
	keep_section(proof, sec->origin, address - sec->origin_offset);
	return true;
}

bool solve_section(struct proof *proof, uint32_t index, uint64_t address, uint32_t from,
		   uint64_t offset)
{
	const struct section *sec = &proof->orig->sections[index];
	const struct symbol *sym = naming_symbol(proof->orig, sec);
	const struct solution *known = &proof->sections[index];
	uint32_t other;

	if (known->known)
		return known->address == address ||
		       two_addresses(proof, section_label(proof->orig, sec), address,
				     known->address, from, offset);
	/* what is empty may be left out with its name: a lock class where there is no lockdep */
	if (!sec->size && sec->kind != KIND_TEXT && sym &&
	    !shipped_named(proof->shipped, sym->name))
		return true;
	if (sym && !solve_named(proof, index, sym, address, from, offset))
		return false;
	if (!sym && sec->kind != KIND_SNIPPET && !is_compared(sym, sec))
		return fail(proof, true, from, offset,
			    "it refers to a place in %s that has no name", sec->name);
	other = sec->size ? already_there(proof, index, address) : 0;
	if (other)
		return fail(proof, false, from, offset,
			    "%s and %s are one place in the shipped code",
			    section_label(proof->orig, sec),
			    section_label(proof->orig, &proof->orig->sections[other]));
	keep_section(proof, index, address);
	if (belongs_here(proof, sec) || is_compared(sym, sec))
		add_work(proof, index);
	return true;
}

/*
 * Code may hand over the address of its own table entry, as WARN_ONCE() of Linux 7.2 does. The
 * entries of a function are compared when its code is; entry_place() has the same address then.
 */
static bool solve_entry(struct proof *proof, uint32_t index, uint64_t address, uint32_t from,
			uint64_t offset)
{
	const struct section *entry = &proof->orig->sections[index];
	const struct solution *known = &proof->sections[index];

	if (known->known)
		return known->address == address ||
		       two_addresses(proof, entry->name, address, known->address, from, offset);
	if (!entry->owner || function_of(proof->orig, entry->owner) != proof->function)
		return fail(proof, true, from, offset,
			    "it refers to an entry of %s that is not its own", entry->name);
	keep_section(proof, index, address);
	return true;
}

bool entry_place(struct proof *proof, uint32_t index, uint64_t address)
{
	return solve_entry(proof, index, address, index, 0);
}

static bool solve_code(struct proof *proof, const struct section *from, const struct rela *rela,
		       uint64_t place)
{
	const struct section *target = &proof->orig->sections[rela->target];
	uint32_t index = section_index(proof->orig, from);

	if (rela->target_offset == (int64_t)entry_offset(proof->orig, target))
		return solve_section(proof, rela->target, place, index, rela->offset);
	add_pending(proof, (struct pending){ index, rela->offset, rela->target, rela->target_offset,
					     place });
	return true;
}

bool solve_reference(struct proof *proof, const struct section *from, const struct rela *rela,
		     uint64_t place)
{
	const struct section *target = &proof->orig->sections[rela->target];
	uint64_t address = place - (uint64_t)rela->target_offset;
	uint32_t index = section_index(proof->orig, from);

	if (!rela->target)
		return solve_symbol(proof, &proof->orig->symbols[rela->symbol], address, index,
				    rela->offset);
	switch (target->kind) {
	case KIND_STRINGS:
	case KIND_CONSTANTS:
		return solve_merged(proof, target, address, index, rela->offset);
	case KIND_TEXT:
	case KIND_SNIPPET:
		return solve_code(proof, from, rela, place);
	case KIND_TABLE:
		return solve_entry(proof, rela->target, address, index, rela->offset);
	default:
		if (!strcmp(target->name, ".BTF_ids"))
			return solve_btf_ids(proof, target, address, index, rela->offset);
		return solve_section(proof, rela->target, address, index, rela->offset);
	}
}

/* Bytes outside of relocated fields. */
static bool same_bytes(struct proof *proof, uint32_t index, const uint8_t *there)
{
	const struct section *sec = &proof->orig->sections[index];
	uint64_t at = 0, end;
	size_t r;

	for (r = 0; r <= sec->nr_relas; r++) {
		end = r < sec->nr_relas ? sec->relas[r].offset : sec->size;
		for (; at < end; at++) {
			if (sec->data[at] != there[at])
				return fail(proof, false, index, at,
					    "%s differs from the shipped one at +0x%" PRIx64
					    ": 0x%02x, shipped 0x%02x",
					    section_label(proof->orig, sec), at, sec->data[at],
					    there[at]);
		}
		if (r < sec->nr_relas)
			at = end + arch_x86_64.rela_width(sec->relas[r].type);
	}
	return true;
}

static bool same_zeros(struct proof *proof, uint32_t index, const uint8_t *there)
{
	const struct section *sec = &proof->orig->sections[index];
	uint64_t i;

	for (i = 0; there && i < sec->size; i++) {
		if (there[i])
			return fail(proof, false, index, i, "%s is not zero in the shipped kernel",
				    section_label(proof->orig, sec));
	}
	return true;
}

bool data_refers(const struct proof *proof, const struct rela *rela, uint64_t address,
		 uint64_t *place)
{
	const struct shipped_field field = {
		.address = address + rela->offset,
		.width = arch_x86_64.rela_width(rela->type),
		.pcrel = arch_x86_64.is_pcrel(rela->type),
		.zero_extended = arch_x86_64.zero_extends(rela->type),
		.end = address + rela->offset,
	};

	return arch_x86_64.known_rela(rela->type) && shipped_refers(proof->shipped, &field, place);
}

bool compare_contents(struct proof *proof, uint32_t index)
{
	const struct section *sec = &proof->orig->sections[index];
	uint64_t address = proof->sections[index].address, place;
	const uint8_t *there = shipped_bytes(proof->shipped, address, sec->size);
	const struct rela *rela;

	if (!sec->size)
		return true;
	if (!shipped_section(proof->shipped, address, sec->size))
		return fail(proof, false, index, 0, "%s is in no section of the shipped kernel",
			    section_label(proof->orig, sec));
	if (!sec->data)
		return same_zeros(proof, index, there);
	if (!there || !same_bytes(proof, index, there))
		return there ? false
			     : fail(proof, false, index, 0, "%s is zero in the shipped kernel",
				    section_label(proof->orig, sec));
	if (shipped_nr_relas(proof->shipped, address, sec->size) > sec->nr_relas)
		return fail(proof, false, index, 0,
			    "the shipped %s refers to something where the rebuilt one has a number",
			    section_label(proof->orig, sec));
	for_each_rela (sec, rela) {
		if (!data_refers(proof, rela, address, &place))
			/* else a module has no relocation there, or one of another kind */
			return fail(proof,
				    shipped_is_vmlinux(proof->shipped) ||
					    !arch_x86_64.known_rela(rela->type),
				    index, rela->offset,
				    "the shipped %s refers to nothing that is known at +0x%" PRIx32,
				    section_label(proof->orig, sec), rela->offset);
		if (!solve_reference(proof, sec, rela, place))
			return false;
	}
	return true;
}
