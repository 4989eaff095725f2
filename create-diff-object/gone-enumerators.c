// SPDX-License-Identifier: GPL-2.0-only
#include "gone-enumerators.h"
#include "type-places.h"
#include "types.h"
#include "util.h"

#include <inttypes.h>
#include <stdlib.h>

struct gone {
	const struct types *orig, *patched;
	FILE *out;
};

static bool is_gone(const struct gone *gone, const struct type *type)
{
	return type->kind == ENUMERATOR && !find_twin(gone->patched, type);
}

/* Enumerations have names, or are the same when they have an enumerator in common. */
static bool find_enumeration(const struct gone *gone, const struct type *of, Dwarf_Off *offset)
{
	const struct types *orig = gone->orig, *patched = gone->patched;
	const struct type *twin;
	size_t i;

	for (i = 0; i < orig->nr; i++) {
		if (orig->type[i].kind != ENUMERATOR || orig->type[i].offset != of->offset)
			continue;
		twin = find_twin(patched, &orig->type[i]);
		if (!twin)
			continue;
		*offset = twin->offset;
		return true;
	}
	for (i = 0; *of->of && i < patched->nr; i++) {
		if (patched->type[i].kind != ENUMERATOR || strcmp(patched->type[i].of, of->of))
			continue;
		*offset = patched->type[i].offset;
		return true;
	}
	return false;
}

/* A new name for the value: in the enumeration that has @offset, or, 0, in one that took its place.
 */
static bool is_renamed(const struct gone *gone, const struct type *type, Dwarf_Off offset)
{
	size_t i;

	for (i = 0; i < gone->patched->nr; i++) {
		const struct type *new = &gone->patched->type[i];

		if (new->kind == ENUMERATOR &&new->layout == type->layout &&
		    (offset ? new->offset == offset : is_near(type, new)) &&
		    !find_twin(gone->orig, new))
			return true;
	}
	return false;
}

static void tell_key(FILE *out, const struct type *type)
{
	if (*type->of)
		fprintf(out, "enum %s\t", type->of);
	else
		fprintf(out, "enumerator %s\t", type->name);
}

static void tell_enumerator(const struct gone *gone, const struct type *type, const char *file,
			    uint64_t line)
{
	fprintf(gone->out, "%s\t%s\t%" PRIu64 "\t1\t", ENUM_GONE, file, line);
	tell_key(gone->out, type);
	fprintf(gone->out, "the enumerator %s, which was %" PRId64 ", is gone\n", type->name,
		(int64_t)type->layout);
}

/* The place is one of the original: the patched source has none. */
static void tell_enumeration(const struct gone *gone, const struct type *type, const char *id)
{
	fprintf(gone->out, "%s\t\t0\t1\t", id);
	tell_key(gone->out, type);
	fprintf(gone->out,
		"the enum%s%s of the original (%s:%" PRIu64 ") is gone, in which %s was %" PRId64
		"\n",
		*type->of ? " " : "", type->of, type->file, type->line, type->name,
		(int64_t)type->layout);
}

/* Of the enumerators of one that is gone as a whole, the first that has no other name now. */
static bool is_first_told(const struct gone *gone, const struct type *type)
{
	const struct type *other;

	for (other = gone->orig->type; other < type; other++) {
		if (other->kind == ENUMERATOR && other->offset == type->offset && !other->counts &&
		    !is_renamed(gone, other, 0))
			return false;
	}
	return true;
}

static void tell_one(const struct gone *gone, const struct type *type)
{
	Dwarf_Off offset = 0;
	bool there = find_enumeration(gone, type, &offset);
	const struct type *now;
	size_t i;

	if (is_renamed(gone, type, offset) || (!there && !is_first_told(gone, type)))
		return;
	for (i = 0; there && i < gone->patched->nr; i++) {
		now = &gone->patched->type[i];
		if (now->kind == ENUMERATOR && now->offset == offset) {
			tell_enumerator(gone, type, now->file, now->line);
			return;
		}
	}
	if (is_edited(gone->orig, gone->patched, type))
		tell_enumeration(gone, type, ENUM_GONE);
	else if (is_of_unit(gone->orig, type))
		tell_enumeration(gone, type, ENUM_MAY_BE_GONE);
}

void tell_gone_enumerators(const struct types *orig, const struct types *patched, FILE *out)
{
	struct gone gone = { orig, patched, out };
	size_t i;

	for (i = 0; i < orig->nr; i++) {
		if (is_gone(&gone, &orig->type[i]) && !orig->type[i].counts)
			tell_one(&gone, &orig->type[i]);
	}
}
