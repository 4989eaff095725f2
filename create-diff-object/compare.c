// SPDX-License-Identifier: GPL-2.0-only
/*
 * What changed. Two sections are the same when their bytes outside of relocated
 * fields are, when their references are, and when the table entries that belong to
 * them are: a static branch on another key has the same instructions.
 */
#include "address-uses.h"
#include "arch/arch.h"
#include "code-places.h"
#include "kinds.h"
#include "line-numbers.h"
#include "passes.h"
#include "util.h"

#include <stdlib.h>

#define MAX_DEPTH 1000

static bool same_content(struct diff *diff, struct section *a, struct section *b,
			 struct reason *why);

static bool differ(struct reason *why, const char *what, uint64_t offset, const char *name)
{
	*why = (struct reason){ what, offset, name };
	return false;
}

static uint64_t first_difference(const uint8_t *a, const uint8_t *b, uint64_t start, uint64_t end)
{
	while (start < end && a[start] == b[start])
		start++;
	return start;
}

static bool is_zero(const struct section *sec)
{
	uint64_t i;

	for (i = 0; sec->data && i < sec->size; i++) {
		if (sec->data[i])
			return false;
	}
	return true;
}

/* The bytes of relocated fields say nothing: x86-64 keeps addends in the relocation. */
static bool same_bytes(struct diff *diff, const struct section *a, const struct section *b,
		       struct reason *why)
{
	uint64_t at = 0, end, differs;
	size_t i;

	if (!a->data || !b->data)
		return (is_zero(a) && is_zero(b)) ||
		       differ(why, "moved between data and bss", 0, NULL);
	for (i = 0; i <= b->nr_relas; i++) {
		end = i < b->nr_relas ? b->relas[i].offset : b->size;
		while (at < end) {
			differs = first_difference(a->data, b->data, at, end);
			if (differs < end && !is_line_number(diff, a, b, differs, &at))
				return differ(why, "bytes differ", differs, NULL);
			if (differs == end)
				break;
		}
		if (i < b->nr_relas)
			at = b->relas[i].offset + arch_x86_64.rela_width(b->relas[i].type);
	}
	return true;
}

/* A string reference may point into the tail of a longer string. */
static bool same_string(struct diff *diff, const struct section *a, int64_t at_a,
			const struct section *b, int64_t at_b)
{
	uint64_t left_a, left_b;

	if (at_a < 0 || at_b < 0)
		return false;
	/* where a loop over so many characters would end, and a NUL comes before */
	if ((uint64_t)at_a > a->size || (uint64_t)at_b > b->size)
		return at_a == at_b && a->size == b->size && !memcmp(a->data, b->data, a->size);
	left_a = a->size - (uint64_t)at_a;
	left_b = b->size - (uint64_t)at_b;
	return (left_a == left_b && (!left_a || !memcmp(a->data + at_a, b->data + at_b, left_a))) ||
	       same_but_for_line(diff, a, (uint64_t)at_a, b, (uint64_t)at_b);
}

static bool same_anonymous(struct diff *diff, struct section *a, struct section *b)
{
	size_t assumed = diff->assumed;
	struct reason why;
	bool same;

	if (b->alike && b->alike == section_index(&diff->orig, a))
		return true;
	if (!is_anonymous(&diff->orig, a) || !is_anonymous(&diff->patched, b) ||
	    !same_anonymous_name(&diff->orig, a, &diff->patched, b))
		return false;
	if (b->comparing) {
		diff->assumed++;
		return b->comparing == section_index(&diff->orig, a);
	}
	/* no object has so many constants one behind the other; taken for a change */
	if (diff->depth >= MAX_DEPTH)
		return false;
	b->comparing = section_index(&diff->orig, a);
	diff->depth++;
	same = same_content(diff, a, b, &why);
	diff->depth--;
	b->comparing = 0;
	/* kept where it does not rest on the assumption that something else is the same */
	if (same && assumed == diff->assumed)
		b->alike = section_index(&diff->orig, a);
	return same;
}

static bool same_rela_type(const struct rela *a, const struct rela *b)
{
	/* The psABI lets the assembler write either for a call; they compute the same. */
	bool call_a = a->type == R_X86_64_PC32 || a->type == R_X86_64_PLT32;
	bool call_b = b->type == R_X86_64_PC32 || b->type == R_X86_64_PLT32;

	return a->type == b->type || (call_a && call_b);
}

/* Symbols without a section: undefined ones, or absolute ones, which are a number. */
static bool same_outside(const struct symbol *a, const struct symbol *b)
{
	return a->shndx == b->shndx && (a->shndx == SHN_UNDEF || a->value == b->value) &&
	       !strcmp(a->name, b->name);
}

static size_t place_among_entries(const struct section *owner, uint32_t entry)
{
	size_t i = 0;

	while (i < owner->nr_entries && owner->entries[i] != entry)
		i++;
	return i;
}

/*
 * Code that hands an entry of its own to a function (WARN() of Linux 7.2): the n-th of both.
 * What is in them same_entries() compares for their owners.
 */
static bool same_entry(const struct diff *diff, uint32_t orig, uint32_t patched)
{
	const struct section *a = &diff->orig.sections[orig];
	const struct section *b = &diff->patched.sections[patched];

	return a->table == b->table && a->owner && b->owner &&
	       diff->orig.sections[a->owner].twin == b->owner &&
	       place_among_entries(&diff->orig.sections[a->owner], orig) ==
		       place_among_entries(&diff->patched.sections[b->owner], patched);
}

bool same_reference(struct diff *diff, const struct rela *a, const struct rela *b)
{
	struct section *sa = &diff->orig.sections[a->target];
	struct section *sb = &diff->patched.sections[b->target];

	if (!same_rela_type(a, b))
		return false;
	if (!a->target || !b->target)
		return a->target == b->target && a->target_offset == b->target_offset &&
		       same_outside(&diff->orig.symbols[a->symbol],
				    &diff->patched.symbols[b->symbol]);
	if (sa->kind == KIND_STRINGS && sb->kind == KIND_STRINGS)
		return same_string(diff, sa, a->target_offset, sb, b->target_offset);
	if (a->target_offset != b->target_offset)
		return false;
	if (sa->kind == KIND_TABLE && sb->kind == KIND_TABLE)
		return same_entry(diff, a->target, b->target);
	if (is_anonymous(&diff->orig, sa))
		return same_anonymous(diff, sa, sb);
	return sa->twin == b->target;
}

static const char *target_label(const struct object *obj, const struct rela *rela)
{
	if (!rela->target)
		return obj->symbols[rela->symbol].name;
	return section_label(obj, &obj->sections[rela->target]);
}

static bool same_relas(struct diff *diff, struct section *a, struct section *b, struct reason *why)
{
	size_t i;

	if (a->nr_relas != b->nr_relas)
		return differ(why, "number of references differs", 0, NULL);
	for (i = 0; i < a->nr_relas; i++) {
		if (a->relas[i].offset != b->relas[i].offset ||
		    !same_reference(diff, &a->relas[i], &b->relas[i]))
			return differ(why, "refers to something else", b->relas[i].offset,
				      target_label(&diff->patched, &b->relas[i]));
	}
	return true;
}

static bool same_entries(struct diff *diff, struct section *a, struct section *b,
			 struct reason *why)
{
	struct reason entry_why;
	size_t i;

	if (a->nr_entries != b->nr_entries)
		return differ(why, "number of kernel table entries differs", 0, NULL);
	for (i = 0; i < a->nr_entries; i++) {
		struct section *ea = &diff->orig.sections[a->entries[i]];
		struct section *eb = &diff->patched.sections[b->entries[i]];

		if (ea->table != eb->table || !same_content(diff, ea, eb, &entry_why))
			return differ(why, "kernel table entry differs",
				      (uint64_t)eb->relas[0].target_offset, eb->name);
	}
	return true;
}

static bool same_content(struct diff *diff, struct section *a, struct section *b,
			 struct reason *why)
{
	/* what an export is for, GPL or all, is told by the section only */
	if (a->kind != b->kind || is_percpu(a) != is_percpu(b) ||
	    is_ro_after_init(a) != is_ro_after_init(b) ||
	    (a->kind == KIND_EXPORT && strcmp(a->name, b->name)))
		return differ(why, "section differs", 0, b->name);
	if (a->size != b->size)
		return differ(why, "size differs", 0, NULL);
	return same_relas(diff, a, b, why) && same_bytes(diff, a, b, why) &&
	       same_entries(diff, a, b, why);
}

/*
 * EXPORT_SYMBOL() and the initcalls make sections whose only symbol is a label without
 * type or size.
 */
static bool is_labelled(const struct section *sec)
{
	return (sec->kind == KIND_EXPORT && sec->size) || (sec->kind == KIND_INIT && sec->nr_relas);
}

static bool is_compared(const struct section *sec)
{
	return !sec->split && (sec->twin || sec->symbol || is_labelled(sec) || is_nameless(sec)) &&
	       (sec->kind == KIND_TEXT || sec->kind == KIND_INIT || sec->kind == KIND_DATA ||
		sec->kind == KIND_RODATA || sec->kind == KIND_EXPORT || sec->kind == KIND_UNKNOWN);
}

/* Entries are in section order, and two compiles may order the tables differently. */
static int by_table(const void *a, const void *b, void *arg)
{
	const struct object *obj = arg;
	uint32_t ia = *(const uint32_t *)a, ib = *(const uint32_t *)b;
	const struct table *ta = obj->sections[ia].table, *tb = obj->sections[ib].table;

	if (ta != tb)
		return ta < tb ? -1 : 1;
	return ia < ib ? -1 : ia > ib;
}

static void sort_entries(struct object *obj)
{
	struct section *sec;

	for_each_section (obj, sec) {
		if (sec->nr_entries)
			qsort_r(sec->entries, sec->nr_entries, sizeof(*sec->entries), by_table,
				obj);
	}
}

/* A function whose unlikely part changed has changed: the part has no entry of its own. */
static void blame_owners(struct diff *diff)
{
	struct section *sec, *owner;

	for_each_section (&diff->patched, sec) {
		owner = &diff->patched.sections[sec->owner];
		if (sec->split || sec->kind != KIND_TEXT || !sec->owner ||
		    sec->status == STATUS_SAME || owner->status != STATUS_SAME)
			continue;
		owner->status = STATUS_CHANGED;
		owner->reason = (struct reason){ "its unlikely part changed", 0,
						 section_label(&diff->patched, sec) };
	}
}

static bool is_plain_data(const struct section *sec)
{
	return (sec->kind == KIND_RODATA || sec->kind == KIND_DATA) && !is_special(sec) &&
	       !is_percpu(sec);
}

/* Strings, labels of a function, other constants and variables: nothing that runs. */
static bool has_no_code(const struct object *obj, const struct section *sec)
{
	const struct rela *rela;

	for_each_rela (sec, rela) {
		if (obj->sections[rela->target].kind != KIND_STRINGS &&
		    !is_plain_data(&obj->sections[rela->target]) && !leads_inside(obj, rela))
			return false;
	}
	return true;
}

/* Whether data, or other data that it leads to, leads to code or to what is not known. */
static bool reaches_code(const struct object *obj, uint32_t data, bool *seen, size_t depth)
{
	const struct rela *rela;

	if (seen[data])
		return false;
	seen[data] = true;
	for_each_rela (&obj->sections[data], rela) {
		if (obj->sections[rela->target].kind == KIND_STRINGS)
			continue;
		if (!is_plain_data(&obj->sections[rela->target]) || depth == MAX_DEPTH ||
		    reaches_code(obj, rela->target, seen, depth + 1))
			return true;
	}
	return false;
}

/* Whether a constant does so by a variable, such as a list of attributes. */
static bool leads_to_code(const struct object *obj, const struct section *sec)
{
	bool *seen = xcalloc(obj->nr_sections, sizeof(*seen)), code = false;
	const struct rela *rela;

	for_each_rela (sec, rela) {
		if (!code && obj->sections[rela->target].kind == KIND_DATA)
			code = reaches_code(obj, rela->target, seen, 0);
	}
	free(seen);
	return code;
}

/* What something else than code refers to, by sections; owned by the caller. */
static bool *find_escaped(const struct object *obj)
{
	bool *escaped = xcalloc(obj->nr_sections, sizeof(*escaped));
	const struct section *sec;
	const struct rela *rela;

	for_each_section (obj, sec) {
		if (sec->split || sec->kind == KIND_TEXT || sec->kind == KIND_IGNORED)
			continue;
		for_each_rela (sec, rela)
			escaped[rela->target] = true;
	}
	return escaped;
}

static bool is_address_stored(const struct object *obj, uint32_t section)
{
	const struct section *user;

	return find_address_use(obj, section, ADDRESS_STORED, &user);
}

/*
 * A local constant that changed is another one for whoever reads it: the functions that do
 * have changed, and are carried with the new one. Not where its address is in data, which
 * others may read, nor where code has stored it, nor where it leads to code, itself or by a
 * variable: such a structure may have been handed to the kernel, which keeps the old one.
 */
static void part_changed_constants(struct diff *diff)
{
	bool *escaped_orig = find_escaped(&diff->orig);
	bool *escaped_patched = find_escaped(&diff->patched);
	struct section *sec, *orig;
	struct reason why;

	for_each_section (&diff->patched, sec) {
		const struct symbol *sym = covering_symbol(&diff->patched, sec);

		orig = &diff->orig.sections[sec->twin];
		if (sec->split || !sec->twin || sec->kind != KIND_RODATA || !sym ||
		    (orig->kind != KIND_RODATA && !is_static_local(sym)) ||
		    sym->bind != STB_LOCAL || is_special(sec) || escaped_orig[sec->twin] ||
		    escaped_patched[section_index(&diff->patched, sec)] ||
		    !has_no_code(&diff->orig, orig) || !has_no_code(&diff->patched, sec) ||
		    same_content(diff, orig, sec, &why) || leads_to_code(&diff->orig, orig) ||
		    leads_to_code(&diff->patched, sec) ||
		    is_address_stored(&diff->orig, sec->twin) ||
		    is_address_stored(&diff->patched, section_index(&diff->patched, sec)))
			continue;
		sec->parted = sec->twin;
		orig->twin = 0;
		sec->twin = 0;
	}
	free(escaped_orig);
	free(escaped_patched);
}

void compare(struct diff *diff)
{
	struct section *sec;

	part_changed_constants(diff);
	sort_entries(&diff->orig);
	sort_entries(&diff->patched);
	for_each_section (&diff->patched, sec) {
		if (!is_compared(sec))
			continue;
		if (!sec->twin) {
			sec->status = STATUS_NEW;
			sec->reason = (struct reason){ "not in the original", 0, NULL };
		} else if (same_content(diff, &diff->orig.sections[sec->twin], sec, &sec->reason)) {
			sec->status = STATUS_SAME;
		} else {
			sec->status = STATUS_CHANGED;
		}
	}
	blame_owners(diff);
}
