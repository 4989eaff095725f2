// SPDX-License-Identifier: GPL-2.0-only
/*
 * Entries of kernel tables that belong to a function: the same ones, with the same content, in
 * the shipped tables, which may be sorted and are those of the whole kernel.
 */
#include "arch/arch.h"
#include "kinds.h"
#include "prove.h"
#include "tables.h"
#include "util.h"

#include <inttypes.h>
#include <stdlib.h>

/* An entry of a shipped table, and the code that it is about. */
struct shipped_entry {
	uint64_t place;
	uint64_t address;
};

struct table_index {
	const char *name;
	size_t size; /* of an entry */
	struct shipped_entry *entries; /* by place */
	size_t nr;
};

/* How the first field tells the place. */
struct checked_table {
	const char *name;
	bool pointer; /* of 64 bits; else a distance of 32 bits */
	size_t size; /* of an entry; 0: as tables.c knows it */
	/* objtool has made it of branches to symbols with this prefix; the object has none */
	const char *made_of;
};

/*
 * static_call_site (linux/static_call_types.h), retpoline and return sites (tools/objtool/check.c,
 * create_retpoline_sites_sections(), create_return_sites_sections()) of Linux 6.1.
 */
static const struct checked_table checked[] = {
	{ .name = ".altinstructions" },
	{ .name = "__bug_table" },
	{ .name = "__ex_table" },
	{ .name = "__jump_table" },
	{ .name = ".smp_locks" },
	{ .name = ".parainstructions", .pointer = true },
	{ .name = "__mcount_loc", .pointer = true },
	{ .name = "_kprobe_blacklist", .pointer = true },
	{ .name = ".static_call_sites", .size = 8, .made_of = "__SCT__" },
	{ .name = ".retpoline_sites", .size = 4, .made_of = "__x86_indirect_thunk_" },
	{ .name = ".return_sites", .size = 4, .made_of = "__x86_return_thunk" },
};
enum { NR_CHECKED = sizeof(checked) / sizeof(checked[0]) };

static int by_place(const void *a, const void *b)
{
	const struct shipped_entry *ea = a, *eb = b;

	if (ea->place != eb->place)
		return ea->place < eb->place ? -1 : 1;
	return ea->address < eb->address ? -1 : ea->address > eb->address;
}

static size_t entry_size(const struct proof *proof, const struct checked_table *table)
{
	return table->size ? table->size
			   : table_entry_size(find_table(table->name), proof->diff->parent_path);
}

static void read_table(struct proof *proof, const struct checked_table *table,
		       struct table_index *index)
{
	struct shipped_range range;
	uint64_t at;

	index->name = table->name;
	if (!shipped_table(proof->shipped, table->name, &range) || !range.size)
		return;
	index->size = entry_size(proof, table);
	index->entries = xcalloc(range.size / index->size + 1, sizeof(*index->entries));
	for (at = 0; at + index->size <= range.size; at += index->size) {
		struct shipped_entry *entry = &index->entries[index->nr];
		const struct shipped_field field = {
			.address = range.address + at,
			.width = table->pointer ? 8 : 4,
			.pcrel = !table->pointer,
			.end = range.address + at,
		};

		entry->address = field.address;
		if (shipped_refers(proof->shipped, &field, &entry->place))
			index->nr++;
	}
	qsort(index->entries, index->nr, sizeof(*index->entries), by_place);
}

void free_tables(struct proof *proof)
{
	size_t i;

	for (i = 0; i < proof->nr_tables; i++)
		free(proof->tables[i].entries);
	free(proof->tables);
	free(proof->runtime);
	proof->runtime = NULL;
	proof->nr_runtime = 0;
}

/* The first entry whose place is not before @address. */
static size_t first_entry(const struct table_index *index, uint64_t address)
{
	size_t low = 0, high = index->nr;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (index->entries[mid].place < address)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* An entry of the original, at the shipped place of its code. */
struct own_entry {
	uint64_t place;
	uint32_t section;
};

static int own_by_place(const void *a, const void *b)
{
	const struct own_entry *ea = a, *eb = b;

	if (ea->place != eb->place)
		return ea->place < eb->place ? -1 : 1;
	return ea->section < eb->section ? -1 : ea->section > eb->section;
}

static bool twin_place(const struct proven_code *code, uint64_t offset, uint64_t *place)
{
	uint64_t at;

	if (!shipped_offset(code, offset, &at))
		return false;
	*place = code->address + at;
	return true;
}

/* struct alt_instr: a replacement without instructions stands nowhere (settle_replacements()). */
static bool is_empty_replacement(const struct section *entry, size_t r)
{
	return r == 1 && !strcmp(entry->name, ".altinstructions") &&
	       entry->relas[1].target == entry->relas[0].target &&
	       entry->relas[1].target_offset == entry->relas[0].target_offset;
}

static bool compare_field(struct proof *proof, const struct section *entry, size_t r,
			  uint64_t address)
{
	const struct rela *rela = &entry->relas[r];
	uint64_t place;

	if (is_empty_replacement(entry, r))
		return true;
	if (!data_refers(proof, rela, address, &place))
		return fail(proof, true, section_index(proof->orig, entry), rela->offset,
			    "an entry of %s refers to nothing that is known", entry->name);
	return solve_reference(proof, entry, rela, place);
}

static bool is_relocated(const struct section *entry, uint64_t at)
{
	const struct rela *rela;

	for_each_rela (entry, rela) {
		if (at >= rela->offset && at - rela->offset < arch_x86_64.rela_width(rela->type))
			return true;
	}
	return false;
}

static bool compare_entry(struct proof *proof, uint32_t index, const struct own_entry *own,
			  const struct shipped_entry *shipped)
{
	const struct section *entry = &proof->orig->sections[own->section];
	const uint8_t *there = shipped_bytes(proof->shipped, shipped->address, entry->size);
	uint64_t i, offset = (uint64_t)entry->relas[0].target_offset;
	size_t r;

	if (own->place != shipped->place)
		return fail(proof, false, index, offset,
			    "the entry of %s is for another place in the shipped kernel",
			    entry->name);
	for (i = 0; there && i < entry->size; i++) {
		if (!is_relocated(entry, i) && entry->data[i] != there[i])
			return fail(proof, false, index, offset,
				    "its entry of %s is 0x%02x at +0x%" PRIx64 ", that of the "
				    "shipped kernel "
				    "0x%02x",
				    entry->name, entry->data[i], i, there[i]);
	}
	if (shipped_nr_relas(proof->shipped, shipped->address, entry->size) > entry->nr_relas)
		return fail(proof, false, index, offset,
			    "its shipped entry of %s refers to something where the rebuilt one has "
			    "a "
			    "number",
			    entry->name);
	if (!entry_place(proof, own->section, shipped->address))
		return false;
	for (r = 1; r < entry->nr_relas; r++) {
		if (!compare_field(proof, entry, r, shipped->address))
			return false;
	}
	return true;
}

static size_t own_entries(const struct proof *proof, const struct section *sec,
			  const struct proven_code *code, const char *name,
			  struct own_entry *entries)
{
	size_t i, nr = 0;

	for (i = 0; i < sec->nr_entries; i++) {
		const struct section *entry = &proof->orig->sections[sec->entries[i]];

		if (strcmp(entry->name, name))
			continue;
		entries[nr].section = sec->entries[i];
		entries[nr].place = 0;
		twin_place(code, (uint64_t)entry->relas[0].target_offset, &entries[nr].place);
		nr++;
	}
	if (nr)
		qsort(entries, nr, sizeof(*entries), own_by_place);
	return nr;
}

static bool compare_counts(struct proof *proof, uint32_t index, const char *name, size_t own,
			   size_t shipped)
{
	return own == shipped ||
	       fail(proof, false, index, proof->codes[index]->start,
		    "it has %zu entries of %s, %zu in the shipped kernel", own, name, shipped);
}

static bool compare_own(struct proof *proof, uint32_t index, const struct table_index *table)
{
	const struct section *sec = &proof->orig->sections[index];
	const struct proven_code *code = proof->codes[index];
	struct own_entry *own = xcalloc((size_t)sec->nr_entries + 1, sizeof(*own));
	size_t nr = own_entries(proof, sec, code, table->name, own), i;
	size_t first = first_entry(table, code->address);
	size_t end = first_entry(table, code->address + code->size);
	bool same = compare_counts(proof, index, table->name, nr, end - first);

	for (i = 0; same && i < nr; i++)
		same = compare_entry(proof, index, &own[i], &table->entries[first + i]);
	free(own);
	return same;
}

/* struct static_call_site: the lowest two bits of the key's address are flags. */
static bool is_key_of(const struct proof *proof, const char *trampoline, uint64_t entry)
{
	const struct shipped_field field = {
		.address = entry + 4, .width = 4, .pcrel = true, .end = entry + 4
	};
	char *name = xasprintf("__SCK__%s", trampoline + strlen("__SCT__"));
	const struct shipped_symbol *sym;
	bool found = false;
	uint64_t key;

	if (shipped_refers(proof->shipped, &field, &key)) {
		key &= ~UINT64_C(3);
		for (sym = shipped_named(proof->shipped, name); sym && !found;
		     sym = shipped_next(proof->shipped, sym))
			found = sym->address == key;
		/* of a key that is not exported, a module has the trampoline */
		for (sym = shipped_named(proof->shipped, trampoline); sym && !found;
		     sym = shipped_next(proof->shipped, sym))
			found = sym->address == key;
	}
	free(name);
	return found;
}

static bool compare_made_entry(struct proof *proof, uint32_t index, const struct rela *rela,
			       const struct table_index *table, size_t i, size_t end)
{
	const char *name = proof->orig->symbols[rela->symbol].name;
	uint64_t place = 0;

	twin_place(proof->codes[index], rela->offset - 1, &place);
	while (i < end && table->entries[i].place < place - 2)
		i++;
	/* a prefix may stand before the opcode */
	if (i == end || table->entries[i].place > place)
		return fail(proof, false, index, rela->offset,
			    "the branch to %s has no entry of %s in the shipped kernel", name,
			    table->name);
	if (has_prefix(name, "__SCT__") && !is_key_of(proof, name, table->entries[i].address))
		return fail(proof, false, index, rela->offset,
			    "the shipped kernel's static call there is not one of %s", name);
	return true;
}

/* Tables that objtool has made: an entry for each branch, and no others. */
static bool compare_made(struct proof *proof, uint32_t index, const struct table_index *table,
			 const char *prefix)
{
	const struct section *sec = &proof->orig->sections[index];
	const struct proven_code *code = proof->codes[index];
	size_t first = first_entry(table, code->address), nr = 0;
	size_t end = first_entry(table, code->address + code->size);
	const struct rela *rela;

	for_each_rela (sec, rela) {
		if (!arch_x86_64.is_branch(sec, rela) ||
		    !has_prefix(proof->orig->symbols[rela->symbol].name, prefix))
			continue;
		if (!compare_made_entry(proof, index, rela, table, first, end))
			return false;
		nr++;
	}
	return compare_counts(proof, index, table->name, nr, end - first);
}

uint64_t *listed_places(const struct proof *proof, const char *name, bool is_prefix,
			const struct proven_code *code, size_t *nr)
{
	const struct shipped_section *section = NULL;
	uint64_t *places = NULL, at, place;
	size_t max = 0;

	*nr = 0;
	while ((section = shipped_next_section(proof->shipped, section))) {
		if (is_prefix ? !has_prefix(section->name, name) : strcmp(section->name, name) != 0)
			continue;
		for (at = 0; at + 4 <= section->size; at += 4) {
			const struct shipped_field field = {
				.address = section->address + at,
				.width = 4,
				.pcrel = true,
				.end = section->address + at,
			};

			if (!shipped_refers(proof->shipped, &field, &place) ||
			    place - code->address >= code->size)
				continue;
			grow(places, *nr, max);
			places[(*nr)++] = place;
		}
	}
	return places;
}

static bool is_listed(const uint64_t *places, size_t nr, uint64_t place)
{
	size_t i;

	for (i = 0; i < nr; i++) {
		if (places[i] == place)
			return true;
	}
	return false;
}

static bool compare_constant(struct proof *proof, uint32_t index, const struct section *table,
			     const struct rela *rela)
{
	const struct proven_code *code = proof->codes[index];
	uint64_t place = 0, *places;
	size_t nr;
	bool same;

	places = listed_places(proof, table->name, false, code, &nr);
	same = twin_place(code, (uint64_t)rela->target_offset, &place) &&
	       is_listed(places, nr, place);
	free(places);
	return same || fail(proof, false, index, (uint64_t)rela->target_offset,
			    "the shipped kernel has no entry of %s for it", table->name);
}

static bool compare_constants(struct proof *proof, uint32_t index)
{
	const struct section *table;
	const struct rela *rela;
	size_t nr = 0, shipped, i;

	for (i = 0; i < proof->nr_runtime; i++) {
		table = &proof->orig->sections[proof->runtime[i]];
		for_each_rela (table, rela) {
			if (rela->target != index)
				continue;
			if (!compare_constant(proof, index, table, rela))
				return false;
			nr++;
		}
	}
	free(listed_places(proof, RUNTIME_TABLES, true, proof->codes[index], &shipped));
	return compare_counts(proof, index, "runtime_*", nr, shipped);
}

static void find_runtime(struct proof *proof)
{
	const struct section *sec;
	size_t max = 0;

	for_each_section (proof->orig, sec) {
		if (sec->split || !has_prefix(sec->name, RUNTIME_TABLES))
			continue;
		grow(proof->runtime, proof->nr_runtime, max);
		proof->runtime[proof->nr_runtime++] = section_index(proof->orig, sec);
	}
}

/* All tables are read when the first function is compared. */
static void read_tables(struct proof *proof)
{
	size_t i;

	find_runtime(proof);
	proof->tables = xcalloc(NR_CHECKED, sizeof(*proof->tables));
	proof->nr_tables = NR_CHECKED;
	for (i = 0; i < NR_CHECKED; i++)
		read_table(proof, &checked[i], &proof->tables[i]);
}

bool compare_tables(struct proof *proof, uint32_t index)
{
	const struct section *sec = &proof->orig->sections[index];
	size_t i;

	if (!proof->tables)
		read_tables(proof);
	for (i = 0; i < NR_CHECKED; i++) {
		const struct table_index *table = &proof->tables[i];

		if (!checked[i].made_of) {
			if (!compare_own(proof, index, table))
				return false;
		} else if (table->nr && sec->kind == KIND_TEXT &&
			   !compare_made(proof, index, table, checked[i].made_of)) {
			return false;
		}
	}
	return compare_constants(proof, index);
}
