// SPDX-License-Identifier: GPL-2.0-only
/*
 * Cut sections into parts and resolve every reference to a part.
 *
 * The order matters: instructions are decoded before code is cut, since a branch
 * inside a section may leave its function; targets are computed on whole sections,
 * since snippets of code are cut where references point; then all is cut.
 */
#include "arch/arch.h"
#include "kinds.h"
#include "normalise.h"
#include "passes.h"
#include "tables.h"
#include "util.h"

#include <inttypes.h>
#include <stdlib.h>

/* A place at which a section is cut. */
struct cut {
	uint64_t offset;
	uint64_t end; /* 0: up to the next cut */
	uint32_t symbol; /* the symbol that covers the part, or 0 */
};

struct cuts {
	struct cut *cut;
	size_t nr, max;
};

/* Where the parts of each section of the file stand in obj->sections. */
struct parts {
	uint32_t first;
	uint32_t nr;
};

static void add_cut(struct cuts *cuts, uint64_t offset, uint64_t end, uint32_t symbol)
{
	grow(cuts->cut, cuts->nr, cuts->max);
	cuts->cut[cuts->nr++] = (struct cut){ offset, end, symbol };
}

static bool is_cover(const struct object *obj, const struct symbol *sym)
{
	if (!sym->section || is_build_name(sym->name))
		return false;
	return sym->type == STT_FUNC || sym->type == STT_OBJECT ||
	       (obj->sections[sym->section].kind == KIND_EXPORT && export_label_name(sym->name));
}

/*
 * The module loader's names of the init and exit functions: module_init() and module_exit()
 * (linux/module.h) give them to functions whose own name is the one that people know.
 */
static bool is_loader_name(const struct symbol *sym)
{
	return !strcmp(sym->name, "init_module") || !strcmp(sym->name, "cleanup_module");
}

/*
 * Among symbols of one place the largest comes first, then what is not the loader's name,
 * then the global one.
 */
static int by_place(const void *a, const void *b, void *arg)
{
	const struct object *obj = arg;
	const struct symbol *sa = &obj->symbols[*(const uint32_t *)a];
	const struct symbol *sb = &obj->symbols[*(const uint32_t *)b];

	if (sa->section != sb->section)
		return sa->section < sb->section ? -1 : 1;
	if (sa->value != sb->value)
		return sa->value < sb->value ? -1 : 1;
	if (sa->size != sb->size)
		return sa->size > sb->size ? -1 : 1;
	if (is_loader_name(sa) != is_loader_name(sb))
		return is_loader_name(sb) ? -1 : 1;
	if ((sa->bind == STB_LOCAL) != (sb->bind == STB_LOCAL))
		return sb->bind == STB_LOCAL ? -1 : 1;
	return strcmp(sa->name, sb->name);
}

/* Whether @sym begins where @before does, or inside of it. */
static bool is_inside(const struct symbol *sym, const struct symbol *before)
{
	return sym->section == before->section &&
	       (sym->value == before->value || sym->value - before->value < before->size);
}

static void find_covers(struct object *obj, struct covers *covers)
{
	uint32_t *list = xcalloc(obj->nr_symbols, sizeof(*list));
	struct symbol *sym;
	size_t i, s = 0, nr = 0, kept = 0;

	covers->symbols = list;
	covers->first = xcalloc(obj->nr_sections + 1, sizeof(*covers->first));
	for_each_symbol (obj, sym) {
		if (is_cover(obj, sym))
			list[nr++] = symbol_index(obj, sym);
	}
	qsort_r(list, nr, sizeof(*list), by_place, obj);
	for (i = 0; i < nr; i++) {
		sym = &obj->symbols[list[i]];
		if (kept && is_inside(sym, &obj->symbols[list[kept - 1]]))
			continue;
		while (s <= sym->section)
			covers->first[s++] = kept;
		list[kept++] = list[i];
	}
	while (s <= obj->nr_sections)
		covers->first[s++] = kept;
}

static void cut_at_symbols(const struct object *obj, const struct covers *covers, uint32_t index,
			   struct cuts *cuts)
{
	size_t i;

	for (i = covers->first[index]; i < covers->first[index + 1]; i++) {
		const struct symbol *sym = &obj->symbols[covers->symbols[i]];

		add_cut(cuts, sym->value, sym->value + sym->size, covers->symbols[i]);
	}
}

/* Strings may be of wide characters: entsize is the width of one. */
static void cut_at_strings(const struct section *sec, struct cuts *cuts)
{
	static const uint8_t zero[8];
	uint64_t width = sec->shdr.sh_entsize ? sec->shdr.sh_entsize : 1, start = 0, at;

	if (width > sizeof(zero))
		width = 1;
	for (at = 0; at + width <= sec->size; at += width) {
		if (memcmp(sec->data + at, zero, width))
			continue;
		add_cut(cuts, start, at + width, 0);
		start = at + width;
	}
}

/*
 * Whether the references of an entry are those of a shorter one, and the same again. None of
 * these tables has such entries.
 */
static bool is_repeated(const struct section *sec, size_t r, size_t nr, uint64_t size)
{
	size_t times, step, i;

	for (times = 2; times <= nr; times++) {
		step = nr / times;
		if (nr % times || size % times)
			continue;
		for (i = r; i < r + nr - step; i++) {
			if (sec->relas[i + step].offset != sec->relas[i].offset + size / times)
				break;
		}
		if (i == r + nr - step)
			return true;
	}
	return false;
}

/*
 * Sizes of another kernel may divide the table all the same. An entry begins with the
 * reference to its place, and has it once.
 */
static void check_entries(const struct object *obj, const struct section *sec, size_t size)
{
	size_t r = 0, first;
	uint64_t at;

	for (at = 0; at < sec->size; at += size) {
		for (first = r; r < sec->nr_relas && sec->relas[r].offset < at + size; r++)
			;
		if (r == first || r - first > size || sec->relas[first].offset != at ||
		    is_repeated(sec, first, r - first, size))
			fatal("bad-table",
			      "%s: %s+0x%" PRIx64 " is not one entry of %zu bytes (%s); set the "
			      "sizes of the target kernel, which create-diff-object --facts "
			      "VMLINUX prints",
			      obj->path, sec->name, at, size, sec->table->env);
	}
}

static void cut_evenly(const struct object *obj, const struct section *sec, size_t size,
		       struct cuts *cuts)
{
	uint64_t at;

	if (size && sec->size % size)
		fatal("bad-table",
		      "%s: the size of %s, %" PRIu64 ", is no multiple of that of an entry, %zu; "
		      "set the sizes of the target kernel, which create-diff-object --facts "
		      "VMLINUX prints",
		      obj->path, sec->name, sec->size, size);
	for (at = 0; size && at < sec->size; at += size)
		add_cut(cuts, at, at + size, 0);
}

static void cut_at_relas(const struct section *sec, struct cuts *cuts)
{
	const struct rela *rela;

	for_each_rela (sec, rela)
		add_cut(cuts, rela->offset, 0, 0);
}

/* The rows of .export_symbol have labels without type and size. */
static void cut_at_labels(const struct object *obj, const struct covers *covers, uint32_t index,
			  struct cuts *cuts)
{
	size_t i;

	for (i = covers->first[index]; i < covers->first[index + 1]; i++)
		add_cut(cuts, obj->symbols[covers->symbols[i]].value, 0, covers->symbols[i]);
}

/* A place in a snippet that something outside of it refers to. */
struct snippet_place {
	uint32_t section;
	uint64_t offset;
};

struct snippet_places {
	struct snippet_place *place;
	size_t nr, max;
};

static int by_section(const void *a, const void *b)
{
	const struct snippet_place *pa = a, *pb = b;

	if (pa->section != pb->section)
		return pa->section < pb->section ? -1 : 1;
	return pa->offset < pb->offset ? -1 : pa->offset > pb->offset;
}

/* References from inside the section itself are jumps within one snippet. */
static void find_snippet_places(const struct object *obj, struct snippet_places *places)
{
	const struct section *sec, *target;
	const struct rela *rela;

	for_each_section (obj, sec) {
		for_each_rela (sec, rela) {
			target = &obj->sections[rela->target];
			if (target == sec || target->kind != KIND_SNIPPET ||
			    rela->target_offset < 0 ||
			    (uint64_t)rela->target_offset >= target->size)
				continue;
			grow(places->place, places->nr, places->max);
			places->place[places->nr++] =
				(struct snippet_place){ rela->target,
							(uint64_t)rela->target_offset };
		}
	}
	if (places->nr)
		qsort(places->place, places->nr, sizeof(*places->place), by_section);
}

static void cut_at_references(const struct snippet_places *places, uint32_t index,
			      struct cuts *cuts)
{
	size_t low = 0, high = places->nr, i;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (places->place[mid].section < index)
			low = mid + 1;
		else
			high = mid;
	}
	for (i = low; i < places->nr && places->place[i].section == index; i++) {
		if (i == low || places->place[i].offset != places->place[i - 1].offset)
			add_cut(cuts, places->place[i].offset, 0, 0);
	}
}

static void find_cuts(struct object *obj, const struct covers *covers, const char *parent_path,
		      const struct snippet_places *places, uint32_t index, struct cuts *cuts)
{
	const struct section *sec = &obj->sections[index];
	size_t size;

	cuts->nr = 0;
	switch (sec->kind) {
	case KIND_TEXT:
	case KIND_INIT:
	case KIND_DATA:
	case KIND_RODATA:
		cut_at_symbols(obj, covers, index, cuts);
		break;
	case KIND_STRINGS:
		if (sec->data)
			cut_at_strings(sec, cuts);
		break;
	case KIND_CONSTANTS:
		cut_evenly(obj, sec, sec->shdr.sh_entsize, cuts);
		break;
	case KIND_TABLE:
		size = sec->size ? table_entry_size(sec->table, parent_path) : 0;
		if (size)
			cut_evenly(obj, sec, size, cuts);
		if (size && sec->table->env)
			check_entries(obj, sec, size);
		if (!size)
			cut_at_relas(sec, cuts);
		break;
	case KIND_SNIPPET:
		cut_at_references(places, index, cuts);
		break;
	case KIND_EXPORT:
		if (!strcmp(sec->name, ".export_symbol"))
			cut_at_labels(obj, covers, index, cuts);
		break;
	default:
		break;
	}
}

static void add_part(struct object *obj, uint32_t origin, uint64_t start, uint64_t end,
		     uint32_t symbol, size_t *next_rela)
{
	uint32_t index = add_section(obj);
	struct section *part = &obj->sections[index], *whole = &obj->sections[origin];
	size_t i;

	*part = *whole;
	part->origin_offset = start;
	part->size = end - start;
	part->data = whole->data ? whole->data + start : NULL;
	part->symbol = symbol;
	part->entries = NULL;
	part->split = false;
	while (*next_rela < whole->nr_relas && whole->relas[*next_rela].offset < start)
		(*next_rela)++;
	part->relas = whole->relas + *next_rela;
	for (i = *next_rela; i < whole->nr_relas && whole->relas[i].offset < end; i++)
		whole->relas[i].offset -= start;
	part->nr_relas = i - *next_rela;
	*next_rela = i;
}

/* What no symbol covers becomes a part as well: something may refer to it. */
static void cut_section(struct object *obj, uint32_t index, const struct cuts *cuts,
			struct parts *parts)
{
	uint64_t size = obj->sections[index].size, at = 0;
	size_t next_rela = 0, i;

	parts->first = (uint32_t)obj->nr_sections;
	for (i = 0; i < cuts->nr; i++) {
		const struct cut *cut = &cuts->cut[i];
		uint64_t next = i + 1 < cuts->nr ? cuts->cut[i + 1].offset : size;
		uint64_t end = cut->end && cut->end <= next ? cut->end : next;

		if (cut->offset > at)
			add_part(obj, index, at, cut->offset, 0, &next_rela);
		add_part(obj, index, cut->offset, end, cut->symbol, &next_rela);
		at = end;
	}
	if (at < size)
		add_part(obj, index, at, size, 0, &next_rela);
	parts->nr = (uint32_t)obj->nr_sections - parts->first;
	obj->sections[index].split = true;
}

/*
 * A function's section may start with room for a call thunk (-fpatchable-function-entry
 * of kernels with call padding) and end in padding, which stay with it. What stands
 * before or behind a variable is something else.
 */
static bool needs_cut(const struct section *sec, const struct cuts *cuts)
{
	const struct cut *cut = cuts->cut;

	if (!cuts->nr)
		return false;
	if (cuts->nr > 1)
		return true;
	if (sec->kind == KIND_TEXT)
		return false;
	return cut->offset || (cut->end > cut->offset && cut->end < sec->size);
}

static uint32_t part_at(const struct object *obj, const struct parts *parts, uint64_t offset)
{
	uint32_t low = parts->first, high = parts->first + parts->nr - 1;

	while (low < high) {
		uint32_t mid = low + (high - low + 1) / 2;

		if (obj->sections[mid].origin_offset <= offset)
			low = mid;
		else
			high = mid - 1;
	}
	return low;
}

/*
 * A symbol that covers a part belongs to it even where another part starts at the
 * same place (variables of no size).
 */
static void move_symbol(struct object *obj, const struct parts *parts, struct symbol *sym)
{
	const struct parts *mine = &parts[sym->section];
	struct section *sec = &obj->sections[sym->section];

	if (!sec->split)
		return;
	sym->section = part_at(obj, mine, sym->value);
	sym->value -= obj->sections[sym->section].origin_offset;
}

static void move_symbols(struct object *obj, const struct parts *parts)
{
	struct symbol *sym;
	struct section *sec;

	for_each_symbol (obj, sym) {
		if (sym->section && sym->type != STT_SECTION)
			move_symbol(obj, parts, sym);
	}
	for_each_section (obj, sec) {
		if (sec->symbol && !sec->split && sec->origin != section_index(obj, sec)) {
			obj->symbols[sec->symbol].section = section_index(obj, sec);
			obj->symbols[sec->symbol].value = 0;
		}
	}
}

/* A reference by name stays with the named thing, whatever its offset. */
static void move_target(struct object *obj, const struct parts *parts, struct rela *rela)
{
	const struct symbol *sym = &obj->symbols[rela->symbol];
	const struct section *whole = &obj->sections[rela->target];
	uint64_t offset;

	if (!rela->target || !whole->split)
		return;
	if (sym->type != STT_SECTION) {
		rela->target = sym->section;
		rela->target_offset = (int64_t)sym->value + rela->addend + rela->bias;
		return;
	}
	/* a loop may count with addresses beyond either end */
	offset = rela->target_offset > 0 ? (uint64_t)rela->target_offset : 0;
	rela->target = part_at(obj, &parts[rela->target], offset);
	rela->target_offset -= (int64_t)obj->sections[rela->target].origin_offset;
}

/*
 * No address of 64 bits is so far from another. What is written of it is an addend again, which
 * must not be larger than load_object() takes.
 */
#define MAX_DISTANCE (INT64_C(1) << 47)

static void find_target(const struct object *obj, const struct section *sec, struct rela *rela)
{
	const struct symbol *sym = &obj->symbols[rela->symbol];

	rela->target = sym->section;
	rela->target_offset = rela->addend + rela->bias;
	if (rela->target)
		rela->target_offset += (int64_t)sym->value;
	if (rela->target_offset < -MAX_DISTANCE || rela->target_offset > MAX_DISTANCE)
		fatal("bad-elf", "%s: the relocation at %s+0x%x has an impossible addend",
		      obj->path, sec->name, rela->offset);
}

/* The first field of an entry says where it belongs: never to an entry of a table. */
static uint32_t entry_owner(const struct object *obj, const struct section *sec)
{
	uint32_t target;

	if (sec->kind != KIND_TABLE || sec->split || !sec->nr_relas || sec->relas[0].offset != 0)
		return 0;
	target = sec->relas[0].target;
	return obj->sections[target].kind == KIND_TABLE ? 0 : target;
}

static void attach_entries(struct object *obj)
{
	struct section *sec, *owner;

	for_each_section (obj, sec) {
		sec->owner = entry_owner(obj, sec);
		if (sec->owner)
			obj->sections[sec->owner].nr_entries++;
	}
	for_each_section (obj, sec) {
		if (sec->nr_entries)
			sec->entries = xcalloc(sec->nr_entries, sizeof(*sec->entries));
		sec->nr_entries = 0;
	}
	for_each_section (obj, sec) {
		if (!sec->owner)
			continue;
		owner = &obj->sections[sec->owner];
		owner->entries[owner->nr_entries++] = section_index(obj, sec);
	}
}

static void settle_replacements(struct object *obj, const char *parent_path)
{
	struct section *sec;

	for_each_section (obj, sec) {
		if (!strcmp(sec->name, ".altinstructions") && sec->data && sec->table)
			arch_x86_64.settle_replacements(sec,
							table_entry_size(sec->table, parent_path));
	}
}

static void cut_all(struct object *obj, const struct covers *covers, const char *parent_path)
{
	uint32_t i, nr = (uint32_t)obj->nr_sections;
	struct parts *parts = xcalloc(nr, sizeof(*parts));
	struct snippet_places places = { 0 };
	struct cuts cuts = { 0 };
	struct section *sec;
	struct rela *rela;

	find_snippet_places(obj, &places);
	for (i = 1; i < nr; i++) {
		find_cuts(obj, covers, parent_path, &places, i, &cuts);
		if (needs_cut(&obj->sections[i], &cuts))
			cut_section(obj, i, &cuts, &parts[i]);
		else if (cuts.nr)
			obj->sections[i].symbol = cuts.cut[0].symbol;
	}
	move_symbols(obj, parts);
	for_each_section (obj, sec) {
		if (sec->split)
			continue;
		for_each_rela (sec, rela)
			move_target(obj, parts, rela);
	}
	free(places.place);
	free(cuts.cut);
	free(parts);
}

/* What is read, cut or decoded has to be in the file. */
static bool needs_contents(enum section_kind kind)
{
	return kind == KIND_TEXT || kind == KIND_STRINGS || kind == KIND_CONSTANTS ||
	       kind == KIND_TABLE || kind == KIND_SNIPPET || kind == KIND_KPATCH;
}

/* Merged by content are only things without a name that others know. */
static void keep_named_constants(struct object *obj)
{
	const struct symbol *sym;

	for_each_symbol (obj, sym) {
		struct section *sec = &obj->sections[sym->section];

		if (sym->section && sym->bind != STB_LOCAL &&
		    (sec->kind == KIND_STRINGS || sec->kind == KIND_CONSTANTS))
			sec->kind = KIND_RODATA;
	}
}

static void set_kinds(struct object *obj)
{
	struct section *sec;

	for_each_section (obj, sec) {
		sec->kind = section_kind(sec);
		sec->table = sec->kind == KIND_TABLE ? find_table(sec->name) : NULL;
		if (!sec->data && sec->size && needs_contents(sec->kind))
			fatal("bad-elf", "%s: section %s has no contents", obj->path, sec->name);
	}
	keep_named_constants(obj);
}

void normalise(struct object *obj, const char *parent_path)
{
	struct covers covers;
	struct section *sec;
	struct rela *rela;

	set_kinds(obj);
	find_covers(obj, &covers);
	decode_all(obj, &covers);
	settle_replacements(obj, parent_path);
	for_each_section (obj, sec) {
		for_each_rela (sec, rela)
			find_target(obj, sec, rela);
	}
	cut_all(obj, &covers, parent_path);
	attach_entries(obj);
	own_cold_parts(obj);
	free(covers.symbols);
	free(covers.first);
}
