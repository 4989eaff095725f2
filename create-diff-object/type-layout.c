// SPDX-License-Identifier: GPL-2.0-only
#include "type-layout.h"
#include "hash.h"
#include "util.h"

#include <ctype.h>
#include <search.h>
#include <stdlib.h>

/* Types that refer to types, as deep as no source has them: for damaged information. */
#define MAX_DEPTH 256

/*
 * Many members have one type, and a structure without a name would have the whole of what it
 * consists of in its layout, again and again: what is nested deeply would take for ever.
 */
struct known_layout {
	Dwarf_Off offset; /* of the type's entry */
	uint64_t layout;
	uint64_t order; /* of bytes */
};

static const struct known_layout *known_type(struct layouts *layouts, Dwarf_Die die, int depth);
static uint64_t layout_of_type_at(struct layouts *layouts, Dwarf_Die die, int depth);
static uint64_t layout_of_members_at(struct layouts *layouts, Dwarf_Die die, int depth);
static uint64_t layout_of_prototype_at(struct layouts *layouts, Dwarf_Die die, int depth);

static uint64_t mix(uint64_t hash, const void *data, size_t size)
{
	const uint8_t *byte = data, *end = byte + size;

	for (; byte < end; byte++)
		hash = hash_number(hash, *byte);
	return hash;
}

static uint64_t mix_number(uint64_t hash, uint64_t number)
{
	return mix(hash, &number, sizeof(number));
}

static uint64_t mix_name(uint64_t hash, Dwarf_Die die)
{
	const char *name = die_name(die);

	return mix(hash, name, strlen(name) + 1);
}

static uint64_t first_number(uint64_t number)
{
	return mix_number(HASH_START, number);
}

static uint64_t mix_bounds(const struct layouts *layouts, uint64_t hash, Dwarf_Die array)
{
	Dwarf_Unsigned value;
	Dwarf_Die range;

	for (range = first_child(array); range; range = next_sibling(layouts->dbg, range)) {
		if (unsigned_attribute(range, DW_AT_upper_bound, &value))
			hash = mix_number(hash, (uint64_t)value + 1);
		else if (unsigned_attribute(range, DW_AT_count, &value))
			hash = mix_number(hash, (uint64_t)value);
		else
			hash = mix_number(hash, UINT64_MAX);
	}
	return hash;
}

/* Spelled otherwise, a type is the same: u32 for unsigned int, const, volatile. */
static bool is_other_name(Dwarf_Half tag)
{
	return tag == DW_TAG_typedef || tag == DW_TAG_const_type || tag == DW_TAG_volatile_type ||
	       tag == DW_TAG_restrict_type || tag == DW_TAG_atomic_type;
}

static uint64_t describe_type(struct layouts *layouts, Dwarf_Die die, int depth)
{
	Dwarf_Half tag = die_tag(die);
	uint64_t hash = first_number(tag);

	if (is_other_name(tag))
		return layout_of_type_at(layouts, die, depth + 1);
	switch (tag) {
	case DW_TAG_base_type:
		hash = mix_number(hash, unsigned_or_zero(die, DW_AT_encoding));
		return mix_number(hash, unsigned_or_zero(die, DW_AT_byte_size));
	case DW_TAG_structure_type:
	case DW_TAG_union_type:
		if (*die_name(die))
			return mix_name(hash, die);
		hash = mix_number(hash, unsigned_or_zero(die, DW_AT_byte_size));
		return mix_number(hash, layout_of_members_at(layouts, die, depth + 1));
	case DW_TAG_enumeration_type:
		return mix_number(mix_name(hash, die), unsigned_or_zero(die, DW_AT_byte_size));
	case DW_TAG_subroutine_type:
		return mix_number(hash, layout_of_prototype_at(layouts, die, depth + 1));
	case DW_TAG_array_type:
		hash = mix_bounds(layouts, hash, die);
		break;
	}
	return mix_number(hash, layout_of_type_at(layouts, die, depth + 1));
}

static int by_offset(const void *a, const void *b)
{
	const struct known_layout *ka = a, *kb = b;

	return ka->offset < kb->offset ? -1 : ka->offset > kb->offset;
}

/* Known before it is described: damaged information may lead back to it. */
static struct known_layout *add_known(struct layouts *layouts, Dwarf_Off offset)
{
	struct known_layout *known = xcalloc(1, sizeof(*known));

	known->offset = offset;
	if (!tsearch(known, &layouts->known, by_offset))
		fatal("no-memory", "out of memory");
	return known;
}

/* __be16 and the like (linux/types.h), and what has a device's order (linux/virtio_types.h). */
static uint64_t named_order(const char *name)
{
	if (has_prefix(name, "__be") && isdigit((unsigned char)name[4]))
		return 'b';
	if (has_prefix(name, "__le") && isdigit((unsigned char)name[4]))
		return 'l';
	return has_prefix(name, "__virtio") ? 'v' : 0;
}

static uint64_t order_of_type_at(struct layouts *layouts, Dwarf_Die die, int depth)
{
	const struct known_layout *known = known_type(layouts, die, depth);

	return known ? known->order : 0;
}

static uint64_t order_of_members_at(struct layouts *layouts, Dwarf_Die die, int depth)
{
	uint64_t hash = first_number(0);
	Dwarf_Die member;

	for (member = first_child(die); member; member = next_sibling(layouts->dbg, member)) {
		if (die_tag(member) == DW_TAG_member)
			hash = mix_number(hash, order_of_type_at(layouts, member, depth));
	}
	return hash;
}

/* What has a name tells its own. */
static uint64_t describe_order(struct layouts *layouts, Dwarf_Die die, int depth)
{
	Dwarf_Half tag = die_tag(die);
	uint64_t order = tag == DW_TAG_typedef ? named_order(die_name(die)) : 0;

	if (order)
		return order;
	if (is_other_name(tag) || tag == DW_TAG_array_type)
		return order_of_type_at(layouts, die, depth + 1);
	if ((tag == DW_TAG_structure_type || tag == DW_TAG_union_type) && !*die_name(die))
		return order_of_members_at(layouts, die, depth + 1);
	return 0;
}

static const struct known_layout *known_type(struct layouts *layouts, Dwarf_Die die, int depth)
{
	struct known_layout key, *known, **node;
	Dwarf_Die type;

	if (depth > MAX_DEPTH || !referred_offset(die, DW_AT_type, &key.offset))
		return NULL;
	node = tfind(&key, &layouts->known, by_offset);
	if (node)
		return *node;
	known = add_known(layouts, key.offset);
	type = die_at(layouts->dbg, key.offset);
	if (type) {
		known->layout = describe_type(layouts, type, depth);
		known->order = describe_order(layouts, type, depth);
		dwarf_dealloc_die(type);
	}
	return known;
}

static uint64_t layout_of_type_at(struct layouts *layouts, Dwarf_Die die, int depth)
{
	const struct known_layout *known = known_type(layouts, die, depth);

	return known ? known->layout : 0;
}

uint64_t byte_order_of_type(struct layouts *layouts, Dwarf_Die die)
{
	return order_of_type_at(layouts, die, 0);
}

static uint64_t mix_member(struct layouts *layouts, uint64_t hash, Dwarf_Die member, int depth)
{
	hash = mix_name(hash, member);
	hash = mix_number(hash, unsigned_or_zero(member, DW_AT_data_member_location));
	hash = mix_number(hash, unsigned_or_zero(member, DW_AT_data_bit_offset));
	hash = mix_number(hash, unsigned_or_zero(member, DW_AT_bit_offset)); /* DWARF 4 */
	hash = mix_number(hash, unsigned_or_zero(member, DW_AT_bit_size));
	return mix_number(hash, layout_of_type_at(layouts, member, depth));
}

static uint64_t layout_of_members_at(struct layouts *layouts, Dwarf_Die die, int depth)
{
	uint64_t hash = first_number(0);
	Dwarf_Die member;

	for (member = first_child(die); member; member = next_sibling(layouts->dbg, member)) {
		if (die_tag(member) == DW_TAG_member)
			hash = mix_member(layouts, hash, member, depth);
	}
	return hash;
}

uint64_t layout_of_members(struct layouts *layouts, Dwarf_Die die)
{
	uint64_t hash = layout_of_members_at(layouts, die, 0);

	return mix_number(hash, order_of_members_at(layouts, die, 0));
}

uint64_t layout_of_type(struct layouts *layouts, Dwarf_Die die)
{
	return layout_of_type_at(layouts, die, 0);
}

static uint64_t layout_of_prototype_at(struct layouts *layouts, Dwarf_Die die, int depth)
{
	uint64_t hash = first_number(layout_of_type_at(layouts, die, depth));
	Dwarf_Die child;

	for (child = first_child(die); child; child = next_sibling(layouts->dbg, child)) {
		Dwarf_Half tag = die_tag(child);

		if (tag == DW_TAG_formal_parameter || tag == DW_TAG_unspecified_parameters)
			hash = mix_number(mix_number(hash, tag),
					  layout_of_type_at(layouts, child, depth));
	}
	return hash;
}

uint64_t layout_of_prototype(struct layouts *layouts, Dwarf_Die die)
{
	return layout_of_prototype_at(layouts, die, 0);
}

void free_layouts(struct layouts *layouts)
{
	tdestroy(layouts->known, free);
}
