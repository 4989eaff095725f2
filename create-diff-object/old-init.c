// SPDX-License-Identifier: GPL-2.0-only
#include "old-init.h"
#include "arch/arch.h"
#include "check.h"
#include "parent.h"
#include "replaced-elsewhere.h"
#include "shipped.h"
#include "util.h"

#include <stdlib.h>

/* Functions and init data that code leads to, by itself and by what it leads to. */
struct reached {
	const struct section **list;
	size_t nr, max;
	bool *seen; /* by numbers of sections of the original */
	bool *undefined; /* by numbers of its symbols: those of other units */
};

static bool is_replaced_original(const struct diff *diff, const struct section *sec)
{
	return sec->twin && is_replaced(&diff->patched.sections[sec->twin]);
}

/* Code, and tables that only init code reads: of what it calls. */
static bool leads_on(const struct section *sec)
{
	return sec->shdr.sh_flags & SHF_EXECINSTR || sec->kind == KIND_INIT;
}

/* Returns the first that is replaced, or NULL. */
static const struct section *reach(struct diff *diff, struct reached *reached,
				   const struct section *sec)
{
	const struct rela *rela;

	for_each_rela (sec, rela) {
		const struct section *target = &diff->orig.sections[rela->target];

		if (!rela->target)
			reached->undefined[rela->symbol] = true;
		if (!rela->target || reached->seen[rela->target] || !leads_on(target))
			continue;
		reached->seen[rela->target] = true;
		if (is_replaced_original(diff, target))
			return target;
		grow(reached->list, reached->nr, reached->max);
		reached->list[reached->nr++] = target;
	}
	return NULL;
}

/* A section of the shipped module with its references: relocations, and branches without one. */
struct module_code {
	const struct shipped_section *shipped;
	struct section sec;
};

/* The same in the module's file. */
struct walk {
	const struct replaced_elsewhere *elsewhere;
	struct shipped *shipped;
	struct module_code *codes;
	size_t nr_codes, max_codes;
	const struct shipped_symbol **list;
	size_t nr, max;
	bool *seen; /* by numbers of symbols of the file */
	const char *found;
};

static bool any_branch(const void *ctx, uint64_t from, uint64_t to)
{
	return true;
}

/* Those that get a relocation count from the beginning of the section. */
static uint32_t no_label(const void *ctx, uint64_t offset, uint64_t *value)
{
	*value = 0;
	return 0;
}

static void read_code(struct section *sec, const struct shipped_section *shipped)
{
	static const struct branch_rules rules = { any_branch, no_label, NULL };
	uint64_t where;
	size_t i;

	sec->data = shipped->data;
	sec->size = shipped->size;
	sec->nr_relas = (uint32_t)shipped->nr_relas;
	sec->relas = xcalloc(shipped->nr_relas + 1, sizeof(*sec->relas));
	for (i = 0; i < shipped->nr_relas; i++) {
		const Elf64_Rela *raw = &shipped->relas[i];

		sec->relas[i].offset = (uint32_t)raw->r_offset;
		sec->relas[i].type = ELF64_R_TYPE(raw->r_info) & 0xffffff;
		sec->relas[i].symbol = (uint32_t)ELF64_R_SYM(raw->r_info);
		sec->relas[i].addend = raw->r_addend;
	}
	if (!(shipped->flags & SHF_EXECINSTR))
		return;
	/* code that is not known has relocations all the same */
	arch_x86_64.decode_section(sec, &rules, &where);
}

static const struct section *code_of(struct walk *walk, const struct shipped_section *shipped)
{
	size_t i;

	for (i = 0; i < walk->nr_codes; i++) {
		if (walk->codes[i].shipped == shipped)
			return &walk->codes[i].sec;
	}
	grow(walk->codes, walk->nr_codes, walk->max_codes);
	walk->codes[walk->nr_codes] = (struct module_code){ .shipped = shipped };
	read_code(&walk->codes[walk->nr_codes].sec, shipped);
	return &walk->codes[walk->nr_codes++].sec;
}

/* As parent_position() counts; what would change when init symbols go away is refused there. */
static int position_of(const struct shipped *shipped, const struct shipped_symbol *sym)
{
	const struct shipped_symbol *other;
	int nr = 0, position = 0;

	for (other = shipped_each(shipped, NULL); other; other = shipped_each(shipped, other)) {
		if (other->shndx == SHN_UNDEF || strcmp(other->name, sym->name))
			continue;
		nr++;
		if (other == sym)
			position = nr;
	}
	return nr > 1 ? position : 0;
}

static bool check_replaced(struct walk *walk, uint64_t address)
{
	const struct shipped_symbol *const *names;
	size_t i, nr;

	names = shipped_at(walk->shipped, address, &nr);
	for (i = 0; i < nr && !walk->found; i++) {
		if (find_replaced(walk->elsewhere, names[i]->name, -1) &&
		    find_replaced(walk->elsewhere, names[i]->name,
				  position_of(walk->shipped, names[i])))
			walk->found = names[i]->name;
	}
	return walk->found;
}

/* As leads_on(); NULL: it does not. */
static const struct shipped_section *shipped_lead(const struct walk *walk,
						  const struct shipped_symbol *sym)
{
	const struct shipped_section *sec = shipped_section(walk->shipped, sym->address, sym->size);

	if (!sec || !sec->data)
		return NULL;
	return sec->flags & SHF_EXECINSTR || has_prefix(sec->name, ".init") ? sec : NULL;
}

static void follow(struct walk *walk, uint64_t place)
{
	const struct shipped_symbol *sym = shipped_before(walk->shipped, place);

	if (!sym || (sym->type != STT_FUNC && sym->type != STT_OBJECT) ||
	    !shipped_lead(walk, sym) || place - sym->address >= sym->size ||
	    walk->seen[sym->order] || check_replaced(walk, sym->address))
		return;
	walk->seen[sym->order] = true;
	grow(walk->list, walk->nr, walk->max);
	walk->list[walk->nr++] = sym;
}

static void follow_all(struct walk *walk, const struct shipped_symbol *sym)
{
	const struct shipped_section *shipped = shipped_lead(walk, sym);
	const struct rela *rela;
	const struct section *sec;
	uint64_t start;

	sec = code_of(walk, shipped);
	start = sym->address - shipped->address;
	rela = rela_within(sec, start, start + sym->size);
	for (; rela && rela < sec->relas + sec->nr_relas && !walk->found; rela++) {
		const struct shipped_symbol *to = shipped_symbol(walk->shipped, rela->symbol);

		if (rela->offset >= start + sym->size)
			break;
		follow(walk, (to ? to->address : shipped->address) + (uint64_t)rela->addend +
				     (uint64_t)(int64_t)rela->bias);
	}
}

/* From the module's function of that name, which another unit has. */
static void start_at(struct walk *walk, const char *name)
{
	const struct shipped_symbol *sym;

	for (sym = shipped_named(walk->shipped, name); sym && !walk->found;
	     sym = shipped_next(walk->shipped, sym)) {
		if (sym->bind != STB_LOCAL && sym->shndx != SHN_UNDEF)
			follow(walk, sym->address);
	}
}

static void walk_module(struct diff *diff, struct walk *walk, const bool *undefined)
{
	const struct shipped_symbol *last = NULL, *next;
	const struct symbol *sym;
	size_t i;

	while ((next = shipped_each(walk->shipped, last)))
		last = next;
	walk->seen = xcalloc(last ? last->order + 1 : 1, sizeof(*walk->seen));
	for_each_symbol (&diff->orig, sym) {
		if (undefined[symbol_index(&diff->orig, sym)] && !walk->found)
			start_at(walk, sym->name);
	}
	while (walk->nr && !walk->found)
		follow_all(walk, walk->list[--walk->nr]);
	for (i = 0; i < walk->nr_codes; i++)
		free(walk->codes[i].sec.relas);
	free(walk->codes);
	free(walk->list);
	free(walk->seen);
}

/* Without the module's code, what other units lead to is not seen. */
static const char *find_by_name(struct diff *diff, const bool *undefined)
{
	const struct elsewhere_function *function;
	const struct symbol *sym;

	for_each_symbol (&diff->orig, sym) {
		if (!undefined[symbol_index(&diff->orig, sym)])
			continue;
		function = find_replaced(diff->elsewhere, sym->name, -1);
		if (function)
			return function->name;
	}
	return NULL;
}

static const char *find_elsewhere(struct diff *diff, const bool *undefined)
{
	struct walk walk = { .elsewhere = diff->elsewhere };
	const struct elsewhere_function *function;

	if (!diff->elsewhere || !diff->elsewhere->nr)
		return NULL;
	if (parent_elf(diff->parent))
		walk.shipped = shipped_open(parent_elf(diff->parent), false, &diff->orig);
	if (!walk.shipped)
		return find_by_name(diff, undefined);
	walk_module(diff, &walk, undefined);
	function = walk.found ? find_replaced(diff->elsewhere, walk.found, -1) : NULL;
	shipped_close(walk.shipped);
	return function ? function->name : NULL;
}

const char *find_meeting(struct diff *diff, const struct section *sec)
{
	struct reached reached = {
		.seen = xcalloc(diff->orig.nr_sections, sizeof(bool)),
		.undefined = xcalloc(diff->orig.nr_symbols, sizeof(bool)),
	};
	const struct section *found = reach(diff, &reached, &diff->orig.sections[sec->twin]);
	const char *name;

	while (!found && reached.nr)
		found = reach(diff, &reached, reached.list[--reached.nr]);
	name = found ? section_label(&diff->orig, found) : find_elsewhere(diff, reached.undefined);
	free(reached.list);
	free(reached.seen);
	free(reached.undefined);
	return name;
}
