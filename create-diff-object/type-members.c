// SPDX-License-Identifier: GPL-2.0-only
#include "type-members.h"
#include "type-name.h"
#include "util.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>

/* Structures without a name in others, deeper than any source has them. */
#define MAX_DEPTH 32

/* So many are told; a member that was put in moves all those behind it. */
#define TOLD 3

struct member {
	char *name; /* "a.b" where a is of a structure without a name */
	uint64_t bit; /* where it begins */
	uint64_t bits; /* of a bit field, else 0 */
	uint64_t layout;
	uint64_t order; /* of bytes */
	Dwarf_Off die;
	bool function; /* it, or each of an array, is a pointer to one */
	bool paired;
	bool gone; /* none of its name is left */
};

struct members {
	struct member *list;
	size_t nr, max;
	bool whole; /* a member that is of a structure without a name is one, and not what it has */
};

/* Where members stand. */
struct within {
	const char *path; /* "", "a." */
	uint64_t bit;
	int depth;
};

/* DWARF 4 counts the bits of a field from the end of its storage unit (section 5.6.6). */
static uint64_t place_in_bits(Dwarf_Die die)
{
	uint64_t bit = unsigned_or_zero(die, DW_AT_data_member_location) * 8;
	Dwarf_Unsigned offset;

	if (unsigned_attribute(die, DW_AT_data_bit_offset, &offset))
		return bit + offset;
	if (unsigned_attribute(die, DW_AT_bit_offset, &offset))
		return bit + unsigned_or_zero(die, DW_AT_byte_size) * 8 - offset -
		       unsigned_or_zero(die, DW_AT_bit_size);
	return bit;
}

static bool is_unnamed_struct(Dwarf_Die type)
{
	Dwarf_Half tag = type ? die_tag(type) : 0;

	return (tag == DW_TAG_structure_type || tag == DW_TAG_union_type) && !*die_name(type);
}

/* Pointers, arrays and other names are followed. */
static bool is_of_function(Dwarf_Debug dbg, Dwarf_Die die)
{
	Dwarf_Die type = referred_die(dbg, die, DW_AT_type);
	int depth = 0;

	for (; type && depth < MAX_DEPTH; depth++) {
		switch (die_tag(type)) {
		case DW_TAG_subroutine_type:
			return true;
		case DW_TAG_structure_type:
		case DW_TAG_union_type:
			return false;
		}
		type = referred_die(dbg, type, DW_AT_type);
	}
	return false;
}

static void list_members(struct members *members, const struct layouts *layouts, Dwarf_Die type,
			 const struct within *in);

static void list_inner(struct members *members, const struct layouts *layouts, Dwarf_Die die,
		       Dwarf_Die type, const struct within *in)
{
	const char *name = die_name(die);
	char *path = xasprintf("%s%s%s", in->path, name, *name ? "." : "");
	struct within inner = { path, in->bit + place_in_bits(die), in->depth + 1 };

	list_members(members, layouts, type, &inner);
	free(path);
}

static void list_member(struct members *members, const struct layouts *layouts, Dwarf_Die die,
			const struct within *in)
{
	bool whole = *die_name(die) && members->whole;
	Dwarf_Die type = whole ? NULL : referred_die(layouts->dbg, die, DW_AT_type);
	struct member *member;
	Dwarf_Error error = NULL;

	if (is_unnamed_struct(type)) {
		list_inner(members, layouts, die, type, in);
		return;
	}
	grow(members->list, members->nr, members->max);
	member = &members->list[members->nr++];
	*member = (struct member){
		.name = xasprintf("%s%s", in->path, die_name(die)),
		.bit = in->bit + place_in_bits(die),
		.bits = unsigned_or_zero(die, DW_AT_bit_size),
		.layout = layout_of_type((struct layouts *)layouts, die),
		.order = byte_order_of_type((struct layouts *)layouts, die),
		.function = is_of_function(layouts->dbg, die),
	};
	if (dwarf_dieoffset(die, &member->die, &error) != DW_DLV_OK)
		member->die = 0;
}

static void list_members(struct members *members, const struct layouts *layouts, Dwarf_Die type,
			 const struct within *in)
{
	Dwarf_Die die;

	if (in->depth >= MAX_DEPTH)
		return;
	for (die = first_child(type); die; die = next_sibling(layouts->dbg, die)) {
		if (die_tag(die) == DW_TAG_member)
			list_member(members, layouts, die, in);
	}
}

static void read_members(struct members *members, const struct described *type)
{
	Dwarf_Die die = die_at(type->layouts->dbg, type->offset);

	if (die)
		list_members(members, type->layouts, die, &(struct within){ .path = "" });
}

static void free_members(struct members *members)
{
	size_t i;

	for (i = 0; i < members->nr; i++)
		free(members->list[i].name);
	free(members->list);
}

static struct member *find_member(struct members *members, const char *name)
{
	size_t i;

	for (i = 0; i < members->nr; i++) {
		if (!members->list[i].paired && !strcmp(members->list[i].name, name))
			return &members->list[i];
	}
	return NULL;
}

/* What is told, with what was told before. */
struct telling {
	FILE *out;
	const struct described *orig, *patched;
	size_t nr, renamed, reordered;
	bool moved; /* a member that was there is not what or where it was */
};

/* False where enough is told. */
static bool begin(struct telling *tell)
{
	if (tell->nr++ >= TOLD)
		return false;
	if (tell->nr > 1)
		fputs(", ", tell->out);
	return true;
}

static void print_offset(FILE *out, const struct member *member)
{
	fprintf(out, "%" PRIu64, member->bit / 8);
	if (member->bit % 8 || member->bits)
		fprintf(out, " bit %" PRIu64, member->bit % 8);
}

static void print_type(FILE *out, const struct described *of, Dwarf_Off offset)
{
	Dwarf_Die die = die_at(of->layouts->dbg, offset);
	char *name = die ? name_of_type(of->layouts->dbg, die) : NULL;

	fputs(name ? name : "?", out);
	free(name);
}

static char *name_at(const struct described *of, Dwarf_Off offset, bool below)
{
	Dwarf_Debug dbg = of->layouts->dbg;
	Dwarf_Die die = die_at(dbg, offset);

	if (!die)
		return xasprintf("?");
	return below ? name_below_typedefs(dbg, die) : name_of_type(dbg, die);
}

/* Where a typedef is of another type now, both have its name. */
static void print_change(const struct telling *tell, Dwarf_Off orig, Dwarf_Off patched)
{
	char *was = name_at(tell->orig, orig, false), *is = name_at(tell->patched, patched, false);
	bool same = !strcmp(was, is);

	fprintf(tell->out, same ? "%s, " : "%s became ", was);
	if (same) {
		free(was);
		free(is);
		was = name_at(tell->orig, orig, true);
		is = name_at(tell->patched, patched, true);
		same = !strcmp(was, is);
		fprintf(tell->out, same ? "which is another " : "which was %s, is ", was);
	}
	fputs(is, tell->out);
	free(was);
	free(is);
}

static void tell_type(struct telling *tell, const struct member *a, const struct member *b)
{
	if (!begin(tell))
		return;
	fprintf(tell->out, "member %s: ", b->name);
	if (a->layout == b->layout)
		print_type(tell->out, tell->patched, b->die);
	else
		print_change(tell, a->die, b->die);
	if (a->bits != b->bits)
		fprintf(tell->out, " (%" PRIu64 " bits, now %" PRIu64 ")", a->bits, b->bits);
}

static void tell_new(struct telling *tell, const struct member *b)
{
	if (!begin(tell))
		return;
	fprintf(tell->out, "new member %s (", b->name);
	print_type(tell->out, tell->patched, b->die);
	fputs(") at offset ", tell->out);
	print_offset(tell->out, b);
}

static void tell_gone(struct telling *tell, const struct member *a)
{
	if (!begin(tell))
		return;
	fprintf(tell->out, "member %s at offset ", a->name);
	print_offset(tell->out, a);
	fputs(" is gone", tell->out);
}

static void tell_moved(struct telling *tell, const struct member *a, const struct member *b)
{
	if (!begin(tell))
		return;
	fprintf(tell->out, "member %s moved from offset ", b->name);
	print_offset(tell->out, a);
	fputs(" to ", tell->out);
	print_offset(tell->out, b);
}

static void tell_renamed(struct telling *tell, const struct member *a, const struct member *b)
{
	tell->renamed++;
	if (!begin(tell))
		return;
	fprintf(tell->out, "member %s at offset ", a->name);
	print_offset(tell->out, a);
	fprintf(tell->out, " is called %s", b->name);
}

/* "res", "__res2" */
static bool is_reserved_in_short(const char *name)
{
	static const char word[] = "res";
	const char *begin = name + strspn(name, "_"), *end = begin + strlen(word);

	return has_prefix(begin, word) && !end[strspn(end, "_0123456789")];
}

/* What there was no use for has no value in the objects that there are. */
static bool was_unused(const struct member *member)
{
	static const char *const words[] = { "reserv", "resv",	 "resrv",   "rsv",     "rsrv",
					     "unus",   "nouse",	 "notused", "not_use", "pad",
					     "hole",   "dummy",	 "spare",   "fill",    "mbz",
					     "rfu",    "must_be" };
	const char *dot = strrchr(member->name, '.'), *last = dot ? dot + 1 : member->name;
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (strcasestr(member->name, words[i]))
			return true;
	}
	return is_reserved_in_short(last) || !last[strspn(last, "_0123456789")];
}

static size_t common_prefix(const char *a, const char *b)
{
	size_t nr = 0;

	while (a[nr] && tolower((unsigned char)a[nr]) == tolower((unsigned char)b[nr]))
		nr++;
	return nr;
}

/* How long the longest text is that both names have. */
static size_t likeness(const char *a, const char *b)
{
	const char *from;
	size_t nr, most = 0;

	for (; *a; a++) {
		for (from = b; *from; from++) {
			nr = common_prefix(a, from);
			most = nr > most ? nr : most;
		}
	}
	return most;
}

static bool is_same_but_for_place(const struct member *a, const struct member *b)
{
	return a->bits == b->bits && a->layout == b->layout;
}

/* Whether the new name says another one that is gone: both may have got other names and places. */
static bool is_rather_another(const struct members *orig, const struct member *a,
			      const struct member *b)
{
	size_t like = likeness(a->name, b->name);
	const struct member *other;

	for (other = orig->list; other < orig->list + orig->nr; other++) {
		if (other->gone && other->bit != a->bit && is_same_but_for_place(other, b) &&
		    likeness(other->name, b->name) > like)
			return true;
	}
	return false;
}

/*
 * One without a twin of its name is another one's new name where that was the same. A pointer to
 * a function of another name is another operation: the tables that there are have the old one.
 */
static struct member *find_renamed(struct members *orig, const struct member *b)
{
	struct member *a;

	for (a = orig->list; a < orig->list + orig->nr; a++) {
		if (!a->paired && a->bit == b->bit && is_same_but_for_place(a, b) && !a->function &&
		    !was_unused(a) && !is_rather_another(orig, a, b))
			return a;
	}
	return NULL;
}

/* By name first: one that gets the name of another which moved is not that one. Allocated. */
static struct member **pair_members(struct members *orig, struct members *patched)
{
	struct member **twins = xcalloc(patched->nr + 1, sizeof(*twins));
	size_t i;

	for (i = 0; i < patched->nr; i++) {
		twins[i] = find_member(orig, patched->list[i].name);
		if (twins[i])
			twins[i]->paired = true;
	}
	for (i = 0; i < orig->nr; i++)
		orig->list[i].gone = !orig->list[i].paired;
	for (i = 0; i < patched->nr; i++) {
		if (twins[i])
			continue;
		twins[i] = find_renamed(orig, &patched->list[i]);
		if (twins[i])
			twins[i]->paired = true;
	}
	return twins;
}

/* Types and new ones are told first, being what was changed. */
/* All of its bits are the same. */
static void tell_order(struct telling *tell, const struct member *a, const struct member *b)
{
	char *was, *is;

	tell->reordered++;
	if (!begin(tell))
		return;
	was = name_at(tell->orig, a->die, false);
	is = name_at(tell->patched, b->die, false);
	fprintf(tell->out, "member %s at offset ", b->name);
	print_offset(tell->out, b);
	if (strcmp(was, is))
		fprintf(tell->out, " was of %s and is of %s", was, is);
	else
		fputs(" says another byte order inside", tell->out);
	free(was);
	free(is);
}

static void compare_members(struct telling *tell, struct members *orig, struct members *patched)
{
	struct member *a, *b, **twins = pair_members(orig, patched);
	size_t i;

	for (i = 0; i < patched->nr; i++) {
		b = &patched->list[i];
		a = twins[i];
		if (!a) {
			tell_new(tell, b);
			continue;
		}
		if (strcmp(a->name, b->name))
			tell_renamed(tell, a, b);
		tell->moved |= a->bit != b->bit;
		if (a->layout != b->layout || a->bits != b->bits) {
			tell->moved = true;
			tell_type(tell, a, b);
		} else if (a->order != b->order) {
			tell_order(tell, a, b);
		}
	}
	for (i = 0; i < orig->nr; i++) {
		if (orig->list[i].paired)
			continue;
		tell->moved = true;
		tell_gone(tell, &orig->list[i]);
	}
	for (i = 0; i < patched->nr; i++) {
		if (twins[i] && twins[i]->bit != patched->list[i].bit)
			tell_moved(tell, twins[i], &patched->list[i]);
	}
	free(twins);
}

static bool end(const struct telling *tell)
{
	if (tell->nr > TOLD)
		fprintf(tell->out, " and %zu more", tell->nr - TOLD);
	return tell->nr;
}

bool tell_members(FILE *out, const struct described *orig, const struct described *patched,
		  struct told *told)
{
	struct telling tell = { .out = out, .orig = orig, .patched = patched };
	struct members a = { 0 }, b = { 0 };

	read_members(&a, orig);
	read_members(&b, patched);
	compare_members(&tell, &a, &b);
	*told = (struct told){ .moved = tell.moved || tell.renamed || tell.reordered,
			       .only_names = tell.nr && tell.nr == tell.renamed + tell.reordered,
			       .byte_order = tell.reordered };
	free_members(&a);
	free_members(&b);
	return end(&tell);
}

bool may_be_renamed(const struct described *orig, const struct described *patched)
{
	struct members a = { .whole = true }, b = { .whole = true };
	struct member *twin;
	size_t i, common = 0;
	bool renamed;

	read_members(&a, orig);
	read_members(&b, patched);
	for (i = 0; i < a.nr; i++) {
		twin = find_member(&b, a.list[i].name);
		if (!twin)
			continue;
		twin->paired = true;
		common++;
	}
	renamed = common && common * 2 >= a.nr;
	free_members(&a);
	free_members(&b);
	return renamed;
}

static void list_parameters(struct members *members, const struct described *function)
{
	Dwarf_Debug dbg = function->layouts->dbg;
	Dwarf_Die die = die_at(dbg, function->offset), child;
	struct member *member;
	Dwarf_Error error = NULL;

	for (child = die ? first_child(die) : NULL; child; child = next_sibling(dbg, child)) {
		if (die_tag(child) != DW_TAG_formal_parameter)
			continue;
		grow(members->list, members->nr, members->max);
		member = &members->list[members->nr++];
		*member = (struct member){
			.layout = layout_of_type(function->layouts, child),
		};
		if (dwarf_dieoffset(child, &member->die, &error) != DW_DLV_OK)
			member->die = 0;
	}
}

static bool is_variadic(const struct described *function)
{
	Dwarf_Debug dbg = function->layouts->dbg;
	Dwarf_Die die = die_at(dbg, function->offset), child;
	bool variadic = false;

	for (child = die ? first_child(die) : NULL; child; child = next_sibling(dbg, child))
		variadic |= die_tag(child) == DW_TAG_unspecified_parameters;
	return variadic;
}

static uint64_t layout_of_result(const struct described *function)
{
	Dwarf_Die die = die_at(function->layouts->dbg, function->offset);

	return die ? layout_of_type(function->layouts, die) : 0;
}

static void compare_parameters(struct telling *tell, const struct members *a,
			       const struct members *b)
{
	size_t i;

	if (a->nr != b->nr && begin(tell))
		fprintf(tell->out, "%zu parameters instead of %zu", b->nr, a->nr);
	for (i = 0; i < a->nr && i < b->nr; i++) {
		if (a->list[i].layout == b->list[i].layout || !begin(tell))
			continue;
		fprintf(tell->out, "parameter %zu: ", i + 1);
		print_change(tell, a->list[i].die, b->list[i].die);
	}
}

bool tell_prototype(FILE *out, const struct described *orig, const struct described *patched)
{
	struct telling tell = { .out = out, .orig = orig, .patched = patched };
	struct members a = { 0 }, b = { 0 };

	if (layout_of_result(orig) != layout_of_result(patched) && begin(&tell)) {
		fputs("returns ", out);
		print_type(out, patched, patched->offset);
		fputs(" instead of ", out);
		print_type(out, orig, orig->offset);
	}
	if (is_variadic(orig) != is_variadic(patched) && begin(&tell))
		fprintf(out, "takes %s", is_variadic(patched) ? "more, by ..." : "nothing by ...");
	list_parameters(&a, orig);
	list_parameters(&b, patched);
	compare_parameters(&tell, &a, &b);
	free_members(&a);
	free_members(&b);
	return end(&tell);
}

static char *type_of(const struct described *entry)
{
	Dwarf_Die die = die_at(entry->layouts->dbg, entry->offset);

	return die ? name_of_type(entry->layouts->dbg, die) : NULL;
}

void tell_types(FILE *out, const struct described *orig, const struct described *patched)
{
	char *was = type_of(orig), *is = type_of(patched);

	if (was && is && strcmp(was, is))
		fprintf(out, "%s became %s", was, is);
	free(was);
	free(is);
}
