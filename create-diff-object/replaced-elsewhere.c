// SPDX-License-Identifier: GPL-2.0-only
#include "replaced-elsewhere.h"
#include "kmod/patch/kpatch-records.h"
#include "util.h"

#include <stdlib.h>

/* The text that the pointer at @offset leads to. */
static const char *record_text(const struct object *obj, const struct section *sec, size_t offset)
{
	const struct rela *rela = rela_within(sec, offset, offset + 1);
	const char *text = NULL;
	struct rela pointer;

	if (rela) {
		pointer = *rela;
		pointer.target = obj->symbols[rela->symbol].section;
		pointer.target_offset = (int64_t)obj->symbols[rela->symbol].value + rela->addend;
		text = pointed_string(obj, &pointer);
	}
	if (!text)
		fatal("record-malformed", "%s: a row of %s has no name; give diff objects",
		      obj->path, sec->name);
	return text;
}

static void read_row(struct replaced_elsewhere *elsewhere, const struct object *obj,
		     const struct section *sec, size_t row, const char *parent)
{
	const char *name =
		record_text(obj, sec, row + offsetof(struct kpatch_func_record, old_name));
	uint64_t position;

	if (strcmp(record_text(obj, sec, row + offsetof(struct kpatch_func_record, object)),
		   parent))
		return;
	memcpy(&position, sec->data + row + offsetof(struct kpatch_func_record, sympos),
	       sizeof(position));
	grow(elsewhere->list, elsewhere->nr, elsewhere->max);
	elsewhere->list[elsewhere->nr++] =
		(struct elsewhere_function){ xasprintf("%s", name), position };
}

void read_replaced(struct replaced_elsewhere *elsewhere, const char *path, const char *parent)
{
	const size_t size = sizeof(struct kpatch_func_record);
	const struct section *sec;
	struct object obj;
	size_t row;

	load_object(&obj, path);
	for_each_section (&obj, sec) {
		if (strcmp(sec->name, KPATCH_DIFF_FUNCS_SECTION) || !sec->data)
			continue;
		for (row = 0; row + size <= sec->size; row += size)
			read_row(elsewhere, &obj, sec, row, parent);
	}
	free_object(&obj);
}

const struct elsewhere_function *find_replaced(const struct replaced_elsewhere *elsewhere,
					       const char *name, int position)
{
	size_t i;

	for (i = 0; i < elsewhere->nr; i++) {
		const struct elsewhere_function *function = &elsewhere->list[i];

		if (!strcmp(function->name, name) &&
		    (position < 0 || function->position == (uint64_t)position))
			return function;
	}
	return NULL;
}

void free_replaced(struct replaced_elsewhere *elsewhere)
{
	size_t i;

	for (i = 0; i < elsewhere->nr; i++)
		free(elsewhere->list[i].name);
	free(elsewhere->list);
}
