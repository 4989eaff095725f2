// SPDX-License-Identifier: GPL-2.0-only
/* Instructions: what the relocations do not tell about references of code. */
#include "arch/arch.h"
#include "normalise.h"
#include "util.h"

#include <inttypes.h>
#include <stdlib.h>

/* All symbols that have a place, sorted by section and place. */
struct labels {
	uint32_t *symbols;
	size_t nr;
};

static int by_place(const void *a, const void *b, void *arg)
{
	const struct object *obj = arg;
	uint32_t ia = *(const uint32_t *)a, ib = *(const uint32_t *)b;
	const struct symbol *sa = &obj->symbols[ia], *sb = &obj->symbols[ib];

	if (sa->section != sb->section)
		return sa->section < sb->section ? -1 : 1;
	if (sa->value != sb->value)
		return sa->value < sb->value ? -1 : 1;
	/* of several at one place the first of the file is found */
	return ia > ib ? -1 : ia < ib;
}

static void sort_labels(struct object *obj, struct labels *labels)
{
	const struct symbol *sym;

	labels->symbols = xcalloc(obj->nr_symbols, sizeof(*labels->symbols));
	labels->nr = 0;
	for_each_symbol (obj, sym) {
		if (sym->section && sym->type != STT_SECTION)
			labels->symbols[labels->nr++] = symbol_index(obj, sym);
	}
	qsort_r(labels->symbols, labels->nr, sizeof(*labels->symbols), by_place, obj);
}

struct code {
	const struct object *obj;
	const struct labels *labels;
	const uint32_t *functions; /* those of the section, by place */
	size_t nr_functions;
	uint32_t section;
};

static uint64_t function_at(const struct code *code, uint64_t offset)
{
	const struct symbol *symbols = code->obj->symbols;
	size_t low = 0, high = code->nr_functions;

	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (symbols[code->functions[mid]].value <= offset)
			low = mid;
		else
			high = mid;
	}
	return symbols[code->functions[low]].value;
}

static bool leaves_function(const void *ctx, uint64_t from, uint64_t to)
{
	return function_at(ctx, from) != function_at(ctx, to);
}

static uint32_t label_before(const void *ctx, uint64_t offset, uint64_t *value)
{
	const struct code *code = ctx;
	size_t low = 0, high = code->labels->nr;
	uint32_t symbol;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct symbol *sym = &code->obj->symbols[code->labels->symbols[mid]];

		if (sym->section < code->section ||
		    (sym->section == code->section && sym->value <= offset))
			low = mid + 1;
		else
			high = mid;
	}
	symbol = low ? code->labels->symbols[low - 1] : 0;
	if (code->obj->symbols[symbol].section != code->section)
		symbol = 0;
	*value = code->obj->symbols[symbol].value;
	return symbol;
}

static void decode(struct object *obj, const struct covers *covers, const struct labels *labels,
		   struct section *sec)
{
	uint32_t index = section_index(obj, sec);
	struct code code = {
		.obj = obj,
		.labels = labels,
		.functions = covers->symbols + covers->first[index],
		.nr_functions = covers->first[index + 1] - covers->first[index],
		.section = index,
	};
	const struct branch_rules rules = { leaves_function, label_before, &code };
	uint64_t where = 0;

	if (!sec->data || !(sec->shdr.sh_flags & SHF_EXECINSTR))
		return;
	if (!arch_x86_64.decode_section(sec, code.nr_functions > 1 ? &rules : NULL, &where))
		fatal("unknown-instruction",
		      "%s: %s+0x%" PRIx64 " holds an instruction that cannot be decoded", obj->path,
		      sec->name, where);
}

void decode_all(struct object *obj, const struct covers *covers)
{
	struct section *sec;
	struct labels labels;

	sort_labels(obj, &labels);
	for_each_section (obj, sec)
		decode(obj, covers, &labels, sec);
	free(labels.symbols);
}
