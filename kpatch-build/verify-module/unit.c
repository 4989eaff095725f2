// SPDX-License-Identifier: GPL-2.0-only
/* The proof of a unit's functions, once more. */
#include "verify-module.h"

#include "create-diff-object/proof.h"
#include "create-diff-object/prove-object.h"
#include "create-diff-object/prove-record.h"
#include "create-diff-object/prove.h"
#include "create-diff-object/util.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Of several units that have such a function, the one that proves it counts. */
static void set_why(struct claim *claim, char *why)
{
	if (claim->proven) {
		free(why);
		return;
	}
	free(claim->why);
	claim->why = why;
}

/* Whether it is of that function, or of a part of it. */
static bool is_about(const struct claim *claim, const char *function, const char *object)
{
	return !strcmp(claim->record->function, function) && !strcmp(claim->record->object, object);
}

static uint32_t first_difference(const unsigned char *a, const unsigned char *b, uint32_t size)
{
	uint32_t i = 0;

	while (i < size && a[i] == b[i])
		i++;
	return i;
}

static char *explain_code(const struct shipped_record *claimed, const struct shipped_record *made)
{
	uint32_t size = made->header.code_size, i;

	if (claimed->header.code_size != size)
		return xasprintf("the module says that it has %" PRIu32 " bytes, and in this "
				 "kernel it has %" PRIu32,
				 claimed->header.code_size, size);
	i = first_difference(claimed->code, made->code, size);
	if (i == size)
		return xasprintf("the module has other places at which memory may differ, or other "
				 "forms there");
	return xasprintf("the module's copy of the shipped code differs from it at +0x%" PRIx32
			 ": 0x%02x, and shipped is 0x%02x",
			 i, claimed->code[i], made->code[i]);
}

/* @part is one of the function's that the module should record, and does not. */
static void compare_with(struct claim *claim, const struct shipped_record *made,
			 const struct shipped_record *part)
{
	const struct shipped_record *claimed = claim->record;

	if (!(claimed->header.flags & KPATCH_SHIPPED_PROVEN)) {
		set_why(claim, xasprintf("the module was made without a proof of it (--no-proof)"));
	} else if (part && !(claimed->header.flags & KPATCH_SHIPPED_PART)) {
		set_why(claim, xasprintf("the module does not record the shipped code of its part "
					 "%s",
					 part->name));
	} else if (claimed->header.record_size != made->header.record_size ||
		   memcmp(claimed->data, made->data, made->header.record_size)) {
		set_why(claim, explain_code(claimed, made));
	} else {
		claim->proven = true;
	}
}

static const struct shipped_record *find_unrecorded_part(const struct shipped_records *made,
							 const struct shipped_records *claimed)
{
	size_t i;

	for (i = 0; i < made->count; i++) {
		const struct shipped_record *record = &made->items[i];

		if (record->header.flags & KPATCH_SHIPPED_PART &&
		    !shipped_find(claimed, record->object, record->name, record->header.sympos))
			return record;
	}
	return NULL;
}

/* What the unit makes of one of its functions, and of its unlikely part. */
static void take_records(struct claims *claims, const struct diff *diff, uint32_t index,
			 const char *unit)
{
	const struct shipped_record *part;
	struct shipped_records made;
	size_t size, n;
	void *data = shipped_records(diff, index, &size);

	if (!shipped_parse(&made, data, size))
		fatal("internal", "%s: the record that was made of it is damaged: %s", unit,
		      made.problem);
	part = find_unrecorded_part(&made, claims->records);
	for (n = 0; n < claims->nr; n++) {
		const struct shipped_record *claimed = claims->items[n].record;
		const struct shipped_record *mine =
			shipped_find(&made, claimed->object, claimed->name, claimed->header.sympos);

		if (mine)
			compare_with(&claims->items[n], mine, part);
	}
	shipped_free(&made);
	free(data);
}

static void tell_failure(struct claims *claims, const struct diff *diff, uint32_t index)
{
	const char *function = section_label(&diff->orig, &diff->orig.sections[index]);
	const char *text = diff->proof->failures[index].text;
	size_t n;

	for (n = 0; n < claims->nr; n++) {
		if (is_about(&claims->items[n], function, diff->parent_name))
			set_why(&claims->items[n],
				xasprintf("the shipped code is not what the original source "
					  "compiles to: %s",
					  text ? text : "it is not there, or another one is"));
	}
}

static bool is_claimed(const struct claims *claims, const char *function, const char *object)
{
	size_t n;

	for (n = 0; n < claims->nr; n++) {
		if (is_about(&claims->items[n], function, object))
			return true;
	}
	return false;
}

static void take_functions(struct claims *claims, const struct diff *diff, const char *unit)
{
	const struct object *orig = &diff->orig;
	uint32_t i;

	for (i = 1; i < orig->nr_sections; i++) {
		if (!is_provable(orig, &orig->sections[i]) ||
		    !is_claimed(claims, section_label(orig, &orig->sections[i]), diff->parent_name))
			continue;
		if (is_proven(diff->proof, i))
			take_records(claims, diff, i, unit);
		else
			tell_failure(claims, diff, i);
	}
}

void prove_unit(struct claims *claims, const char *unit, const char *name, const char *parent)
{
	struct lone_object object;

	prove_object(&object, unit, parent, name);
	take_functions(claims, &object.diff, unit);
	free_lone_object(&object);
}
