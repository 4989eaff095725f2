// SPDX-License-Identifier: GPL-2.0-only
#include "mentions.h"
#include "arch/arch.h"
#include "kinds.h"
#include "part-names.h"
#include "util.h"

#include <stdlib.h>

uint32_t mentioned_variable(const struct object *obj, const struct rela *rela)
{
	const struct section *target = &obj->sections[rela->target];
	const struct symbol *sym = rela->target ? covering_symbol(obj, target) : NULL;

	if (!sym || target->kind != KIND_DATA || !is_static_local(sym) ||
	    is_call_site_data(obj, target) || (sym->twin && !is_once_state(sym)))
		return 0;
	return symbol_index(obj, sym);
}

static bool has_variable(const struct object *obj, const struct section *sec)
{
	const struct rela *rela;

	for_each_rela (sec, rela) {
		if (mentioned_variable(obj, rela))
			return true;
	}
	return false;
}

static void mark_own_jumps(const struct section *sec, bool *begins)
{
	struct insn insn;
	uint64_t at;

	for (at = 0; arch_x86_64.read_insn(sec, at, &insn); at += insn.length) {
		if (insn.jump && at + insn.length < sec->size)
			begins[at + insn.length] = true;
		if (insn.jump && insn.branch && !insn.rela && insn.to < sec->size)
			begins[insn.to] = true;
	}
}

static void find_begins(struct mentions *mentions)
{
	const struct object *obj = mentions->obj;
	const struct section *sec;
	const struct rela *rela;
	bool *begins;

	mentions->begins = xcalloc(obj->nr_sections, sizeof(*mentions->begins));
	for_each_section (obj, sec) {
		if (sec->split || !covering_symbol(obj, sec) || !sec->size ||
		    !(sec->shdr.sh_flags & SHF_EXECINSTR) || !has_variable(obj, sec))
			continue;
		begins = xcalloc(sec->size, sizeof(*begins));
		mark_own_jumps(sec, begins);
		mentions->begins[section_index(obj, sec)] = begins;
	}
	for_each_section (obj, sec) {
		for_each_rela (sec, rela) {
			begins = sec->kind == KIND_IGNORED ? NULL : mentions->begins[rela->target];
			if (begins && rela->target_offset >= 0 &&
			    (uint64_t)rela->target_offset < obj->sections[rela->target].size)
				begins[rela->target_offset] = true;
		}
	}
}

static const struct rela *end_of_stretch(const struct section *sec, const bool *begins,
					 const struct rela *from)
{
	const struct rela *end = sec->relas + sec->nr_relas, *rela;
	uint32_t at = from->offset;

	for (rela = from + 1; rela < end; rela++) {
		while (at < rela->offset && !begins[at + 1])
			at++;
		if (at < rela->offset)
			break;
	}
	return rela;
}

static bool is_mentioned(const struct mentions *mentions, size_t since, uint32_t symbol)
{
	for (; since < mentions->nr_mentions; since++) {
		if (mentions->mention[since].symbol == symbol)
			return true;
	}
	return false;
}

static void read_once(const struct object *obj, struct mention *mention, const struct rela *rela)
{
	mention->once = NOT_ONCE;
	mention->work = (struct once_work){ 0 };
	if (is_once_state(&obj->symbols[mention->symbol]))
		mention->once = read_once_work(obj, mention->sec, rela, &mention->work);
}

const struct rela *next_beside(const struct mention *mention, size_t *at)
{
	const struct rela *rela = NULL;

	if (mention->once == NOT_ONCE)
		return mention->from + *at < mention->end ? mention->from + (*at)++ : NULL;
	while (!rela && *at < mention->work.nr)
		rela = mention->work.step[(*at)++].rela;
	return rela;
}

/* What comes behind the last use is the beginning of something else. */
static void add_mentions(struct mentions *mentions, const struct section *sec,
			 const struct rela *from, const struct rela *end)
{
	struct mention mention = {
		.sec = sec,
		.from = from,
		.end = end,
		.user = covering_symbol(mentions->obj, sec)->name,
	};
	size_t since = mentions->nr_mentions;
	const struct rela *rela = end;

	mention.length = parent_length(&mention.user);
	while (rela-- > from) {
		if (arch_x86_64.is_branch(sec, rela))
			mention.end = rela + 1;
		mention.symbol = mentioned_variable(mentions->obj, rela);
		if (!mention.symbol || is_mentioned(mentions, since, mention.symbol))
			continue;
		read_once(mentions->obj, &mention, rela);
		grow(mentions->mention, mentions->nr_mentions, mentions->max_mentions);
		mentions->mention[mentions->nr_mentions++] = mention;
	}
}

int compare_users(const struct mention *a, const struct mention *b)
{
	if (a->length != b->length)
		return a->length < b->length ? -1 : 1;
	return memcmp(a->user, b->user, a->length);
}

static int compare_places(const struct mention *a, const struct mention *b)
{
	if (a->sec != b->sec)
		return a->sec < b->sec ? -1 : 1;
	return a->from < b->from ? -1 : a->from > b->from;
}

static int by_variable(const void *a, const void *b)
{
	const struct mention *ma = a, *mb = b;
	int cmp = ma->symbol < mb->symbol ? -1 : ma->symbol > mb->symbol;

	if (!cmp)
		cmp = compare_users(ma, mb);
	return cmp ? cmp : compare_places(ma, mb);
}

/* That is beside whatever comes first in a function. */
static bool is_tracer_call(const struct object *obj, const struct rela *rela)
{
	return !rela->target && !strcmp(obj->symbols[rela->symbol].name, "__fentry__");
}

static void read_code(struct mentions *mentions)
{
	const struct rela *from, *end;
	const struct section *sec;

	for_each_section (mentions->obj, sec) {
		const bool *begins = mentions->begins[section_index(mentions->obj, sec)];

		for (from = sec->relas; begins && from < sec->relas + sec->nr_relas; from = end) {
			end = end_of_stretch(sec, begins, from);
			add_mentions(mentions, sec, from + is_tracer_call(mentions->obj, from),
				     end);
		}
	}
	if (mentions->nr_mentions)
		qsort(mentions->mention, mentions->nr_mentions, sizeof(*mentions->mention),
		      by_variable);
}

int compare_kinds(const struct variable *a, const struct variable *b)
{
	int cmp = compare_bases(a->sym->name, b->sym->name);

	if (cmp)
		return cmp;
	return a->sym->size < b->sym->size ? -1 : a->sym->size > b->sym->size;
}

static int by_kind(const void *a, const void *b)
{
	const struct variable *va = a, *vb = b;
	int cmp = compare_kinds(va, vb);

	if (!cmp)
		cmp = compare_users(va->mentions, vb->mentions);
	return cmp ? cmp : compare_places(va->mentions, vb->mentions);
}

static void find_variables(struct mentions *mentions)
{
	struct variable *last = NULL;
	size_t i;

	mentions->variable = xcalloc(mentions->nr_mentions, sizeof(*mentions->variable));
	for (i = 0; i < mentions->nr_mentions; i++) {
		const struct mention *mention = &mentions->mention[i];
		struct symbol *sym = &mentions->obj->symbols[mention->symbol];

		if (!last || last->sym != sym) {
			last = &mentions->variable[mentions->nr++];
			*last = (struct variable){ sym, mention, 0 };
		}
		last->nr++;
	}
	if (mentions->nr)
		qsort(mentions->variable, mentions->nr, sizeof(*mentions->variable), by_kind);
}

void find_mentions(struct mentions *mentions, struct object *obj)
{
	*mentions = (struct mentions){ .obj = obj };
	find_begins(mentions);
	read_code(mentions);
	find_variables(mentions);
}

void free_mentions(struct mentions *mentions)
{
	size_t i;

	for (i = 0; i < mentions->obj->nr_sections; i++)
		free(mentions->begins[i]);
	for (i = 0; i < mentions->nr_mentions; i++)
		free(mentions->mention[i].work.step);
	free(mentions->begins);
	free(mentions->mention);
	free(mentions->variable);
}
