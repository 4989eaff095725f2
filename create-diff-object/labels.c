// SPDX-License-Identifier: GPL-2.0-only
#include "labels.h"
#include "kinds.h"
#include "util.h"

#include <stdlib.h>

static int by_place(const void *a, const void *b, void *arg)
{
	const struct object *obj = arg;
	uint32_t ia = *(const uint32_t *)a, ib = *(const uint32_t *)b;
	const struct symbol *sa = &obj->symbols[ia], *sb = &obj->symbols[ib];

	if (sa->section != sb->section)
		return sa->section < sb->section ? -1 : 1;
	if (sa->value != sb->value)
		return sa->value < sb->value ? -1 : 1;
	/* the last one is found, and shall be the first of the file */
	return ia > ib ? -1 : ia < ib;
}

void find_labels(struct labels *labels, struct object *obj, bool paired)
{
	const struct symbol *sym;

	labels->symbols = xcalloc(obj->nr_symbols, sizeof(*labels->symbols));
	labels->nr = 0;
	for_each_symbol (obj, sym) {
		if (sym->section && sym->type != STT_SECTION && (!paired || sym->twin) &&
		    !is_build_name(sym->name))
			labels->symbols[labels->nr++] = symbol_index(obj, sym);
	}
	qsort_r(labels->symbols, labels->nr, sizeof(*labels->symbols), by_place, obj);
}

void free_labels(struct labels *labels)
{
	free(labels->symbols);
	*labels = (struct labels){ 0 };
}

uint32_t label_before(const struct labels *labels, const struct object *obj, uint32_t section,
		      int64_t offset)
{
	size_t low = 0, high = labels->nr;
	uint32_t symbol;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct symbol *sym = &obj->symbols[labels->symbols[mid]];

		if (sym->section < section ||
		    (sym->section == section && (int64_t)sym->value <= offset))
			low = mid + 1;
		else
			high = mid;
	}
	symbol = low ? labels->symbols[low - 1] : 0;
	return obj->symbols[symbol].section == section ? symbol : 0;
}
