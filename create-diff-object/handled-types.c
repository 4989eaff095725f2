// SPDX-License-Identifier: GPL-2.0-only
#include "handled-types.h"
#include "debug-info.h"
#include "report.h"
#include "util.h"

#include "kmod/patch/kpatch-info.h"

#include <stdlib.h>

/* struct kpatch_type_record: two pointers, which are two relocations. */
static void read_record(struct handled_types *handled, const struct object *obj,
			const struct section *sec, const struct rela *rela)
{
	struct handled_type *type;
	const char *name = pointed_string(obj, rela), *how = pointed_string(obj, rela + 1);

	if (!name || !how || !*name || !*how)
		fatal("bad-type-handled",
		      "%s: KPATCH_TYPE_HANDLED wants two strings: a type, as \"struct foo\", and "
		      "how the patch handles what is there",
		      obj->label);
	grow(handled->list, handled->nr, handled->max);
	type = &handled->list[handled->nr++];
	*type = (struct handled_type){
		.name = name,
		.how = how,
		.sec = sec,
		.offset = rela->offset,
	};
}

void read_handled_types(struct handled_types *handled, const struct object *obj)
{
	const struct section *sec;
	size_t i;

	for_each_section (obj, sec) {
		if (sec->split || sec->kind != KIND_KPATCH ||
		    strcmp(sec->name, KPATCH_TYPES_SECTION))
			continue;
		if (sec->nr_relas % 2)
			fatal("bad-type-handled", "%s: a record of KPATCH_TYPE_HANDLED is damaged",
			      obj->label);
		for (i = 0; i < sec->nr_relas; i += 2)
			read_record(handled, obj, sec, &sec->relas[i]);
	}
}

const char *find_handled(struct handled_types *handled, const char *name)
{
	const char *how = NULL;
	size_t i;

	for (i = 0; i < handled->nr; i++) {
		if (strcmp(handled->list[i].name, name))
			continue;
		handled->list[i].used = true;
		how = handled->list[i].how;
	}
	return how;
}

/* A header is for more than one file, and not each of them has every type of it. */
static bool is_in_header(const struct diff *diff, const struct handled_type *type)
{
	struct origin origin;
	bool header;

	if (!find_origin(diff, &diff->patched, type->sec, type->offset, &origin))
		return false;
	header = origin.file && has_suffix(origin.file, ".h");
	free_origin(&origin);
	return header;
}

void check_handled_types(struct diff *diff, const struct handled_types *handled)
{
	size_t i;

	for (i = 0; i < handled->nr; i++) {
		const struct handled_type *type = &handled->list[i];

		if (!type->used && !is_in_header(diff, type))
			finding_at(diff, "type-handled-unused",
				   spot_at(diff, type->sec, type->offset),
				   "correct the name, or remove the declaration",
				   "KPATCH_TYPE_HANDLED names %s, but no type of that name changed",
				   type->name);
	}
}

void free_handled_types(struct handled_types *handled)
{
	free(handled->list);
}
