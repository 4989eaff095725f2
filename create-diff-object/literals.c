// SPDX-License-Identifier: GPL-2.0-only
/*
 * Constants without a name of their own that a carried function brings along: string
 * literals, __func__ and the like. The running kernel may keep a pointer to one, which
 * must not dangle when the patch module is gone. So where the original function
 * had it already, the reference is bound to the one in the kernel, whose address is read
 * from the instruction of the shipped function that uses it. Never by a search for the
 * text: the same text may stand in memory that does not stay.
 *
 * In modules nothing has a name and a fixed distance to such a place: there they are copies.
 */
#include "describe.h"
#include "kinds.h"
#include "names.h"
#include "passes.h"
#include "report.h"
#include "proof.h"
#include "util.h"

#include <stdlib.h>

/* A reference of the original to a string, in a list of those to the same text. */
struct string_use {
	const struct section *sec;
	const struct rela *rela;
	uint32_t next; /* 0: none */
};

/* A reference of a function of the original to a constant that is no string. */
struct data_use {
	const struct section *sec; /* the constant */
	const struct rela *rela;
};

/* Those of one function, in an order in which equal constants stand together. */
struct data_uses {
	const struct section *function; /* NULL: of none yet */
	struct data_use *use;
	size_t nr, max;
};

struct literals {
	struct diff *diff;
	struct shipped *shipped; /* NULL: no vmlinux with its code */
	struct string_use *uses; /* 0 is unused */
	size_t nr, max;
	struct names by_text; /* the last use of each text */
	struct data_uses data;
};

static bool is_string(const struct section *sec)
{
	return sec->kind == KIND_STRINGS && sec->shdr.sh_entsize <= 1 && sec->size &&
	       !sec->data[sec->size - 1] && strlen((const char *)sec->data) + 1 == sec->size;
}

static bool is_literal(const struct object *obj, const struct section *sec)
{
	if (sec->kind == KIND_STRINGS)
		return is_string(sec);
	return sec->kind == KIND_RODATA && is_anonymous(obj, sec) && sec->data && !sec->nr_relas;
}

static bool is_code(const struct section *sec)
{
	return sec->kind == KIND_TEXT && !sec->split && sec->symbol;
}

static void add_use(struct literals *l, const struct section *sec, const struct rela *rela)
{
	const struct section *target = &l->diff->orig.sections[rela->target];
	uint32_t *last;

	if (!rela->target || !is_string(target))
		return;
	last = names_value(&l->by_text, (const char *)target->data);
	grow(l->uses, l->nr, l->max);
	l->uses[l->nr] = (struct string_use){ sec, rela, *last };
	*last = (uint32_t)l->nr++;
}

static void find_uses(struct literals *l)
{
	const struct section *sec;
	const struct rela *rela;

	l->uses = xcalloc(1, sizeof(*l->uses));
	l->nr = l->max = 1;
	for_each_section (&l->diff->orig, sec) {
		if (!is_code(sec))
			continue;
		for_each_rela (sec, rela)
			add_use(l, sec, rela);
	}
}

/* Where the shipped kernel has what @rela of the original refers to; checked by content. */
static uint64_t address_of(const struct literals *l, const struct section *sec,
			   const struct rela *rela)
{
	const struct section *target = &l->diff->orig.sections[rela->target];
	uint64_t place = proven_place(l->diff->proof, sec, rela), start;
	const uint8_t *there;

	start = place - (uint64_t)rela->target_offset;
	there = place ? shipped_rodata(l->shipped, start, target->size) : NULL;
	return there && !memcmp(there, target->data, target->size) ? start : 0;
}

static uint64_t string_address(const struct literals *l, const struct section *string)
{
	const uint32_t *last =
		names_find(&l->by_text, (const char *)string->data, string->size - 1);
	uint64_t address;
	uint32_t i;

	for (i = last ? *last : 0; i; i = l->uses[i].next) {
		address = address_of(l, l->uses[i].sec, l->uses[i].rela);
		if (address)
			return address;
	}
	return 0;
}

static int compare_data(const struct object *obj_a, const struct section *a,
			const struct object *obj_b, const struct section *b)
{
	int cmp;

	if (a->size != b->size)
		return a->size < b->size ? -1 : 1;
	cmp = compare_bases(section_label(obj_a, a), section_label(obj_b, b));
	return cmp ? cmp : memcmp(a->data, b->data, a->size);
}

/* Equal constants in the order of their uses. */
static int by_data(const void *a, const void *b, void *arg)
{
	const struct data_use *ua = a, *ub = b;
	int cmp = compare_data(arg, ua->sec, arg, ub->sec);

	return cmp ? cmp : ua->rela < ub->rela ? -1 : ua->rela > ub->rela;
}

static void find_data(struct literals *l, const struct section *function)
{
	struct object *orig = &l->diff->orig;
	struct data_uses *data = &l->data;
	const struct rela *rela;

	data->function = function;
	data->nr = 0;
	for_each_rela (function, rela) {
		const struct section *target = &orig->sections[rela->target];

		if (!rela->target || target->kind != KIND_RODATA || !is_literal(orig, target))
			continue;
		grow(data->use, data->nr, data->max);
		data->use[data->nr++] = (struct data_use){ target, rela };
	}
	if (data->nr)
		qsort_r(data->use, data->nr, sizeof(*data->use), by_data, orig);
}

/* The first use of a constant that equals @sec of the patched object; l->data.nr: none. */
static size_t first_use(const struct literals *l, const struct section *sec)
{
	const struct data_uses *data = &l->data;
	size_t low = 0, high = data->nr;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (compare_data(&l->diff->orig, data->use[mid].sec, &l->diff->patched, sec) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* The same constant in the original of the function @user, by use and content. */
static uint64_t data_address(struct literals *l, const struct section *user,
			     const struct section *sec)
{
	const struct object *orig = &l->diff->orig;
	const struct section *twin = &orig->sections[user->twin];
	uint64_t address = 0;
	size_t i;

	if (!user->twin || !is_code(twin))
		return 0;
	if (l->data.function != twin)
		find_data(l, twin);
	for (i = first_use(l, sec); i < l->data.nr && !address; i++) {
		if (compare_data(orig, l->data.use[i].sec, &l->diff->patched, sec))
			break;
		address = address_of(l, twin, l->data.use[i].rela);
	}
	return address;
}

static void settle(struct literals *l, const struct section *user, struct section *literal)
{
	if (!literal->carried || literal->shipped || !is_literal(&l->diff->patched, literal))
		return;
	if (literal->kind == KIND_STRINGS)
		literal->shipped = string_address(l, literal);
	else
		literal->shipped = data_address(l, user, literal);
	if (literal->shipped) {
		literal->shipped -= shipped_text(l->shipped);
		literal->carried = false;
	}
}

static void settle_all(struct literals *l)
{
	struct object *obj = &l->diff->patched;
	const struct section *sec;
	const struct rela *rela;

	for_each_section (obj, sec) {
		if (!sec->carried)
			continue;
		for_each_rela (sec, rela)
			settle(l, sec, &obj->sections[rela->target]);
	}
}

/* Why a literal that code uses is a copy. */
static const char *why_copied(const struct literals *l, const struct section *literal)
{
	if (!patches_vmlinux(l->diff))
		return "is of a module, whose literals have no place to count from";
	if (!l->shipped)
		return "cannot be found in the shipped kernel, of which only the symbols are given";
	if (literal->kind == KIND_STRINGS &&
	    !names_find(&l->by_text, (const char *)literal->data, literal->size - 1))
		return "is new or changed";
	return "was not found in the shipped code of the functions that use it";
}

static void note_copies(const struct literals *l)
{
	const struct object *obj = &l->diff->patched;
	const struct section *sec, *target;
	const struct rela *rela;
	char *text;

	for_each_section (obj, sec) {
		if (!sec->carried || sec->kind != KIND_TEXT)
			continue;
		for_each_rela (sec, rela) {
			target = &obj->sections[rela->target];
			if (!target->carried || !is_string(target))
				continue;
			text = describe_string(target, 0);
			note_at(l->diff, "literal-copied", spot_at(l->diff, sec, rela->offset),
				"if the kernel keeps a pointer to it, leave the patch "
				"module loaded",
				"the string %s is a copy in the patch module: it %s", text,
				why_copied(l, target));
			free(text);
		}
	}
}

void settle_literals(struct diff *diff)
{
	struct literals l = { .diff = diff };

	if (diff->proof && shipped_text(proof_shipped(diff->proof)))
		l.shipped = proof_shipped(diff->proof);
	find_uses(&l);
	if (l.shipped)
		settle_all(&l);
	note_copies(&l);
	names_free(&l.by_text);
	free(l.uses);
	free(l.data.use);
}
