// SPDX-License-Identifier: GPL-2.0-only
/*
 * What leads to the end of a DO_ONCE() and is not before its beginning, through all loops and
 * conditions. Backwards, as whatever else the function does goes around it.
 */
#include "once-work.h"
#include "arch/arch.h"
#include "kinds.h"
#include "util.h"

#include <stdlib.h>
#include <string.h>

struct place {
	const struct section *sec;
	uint64_t at;
	struct insn insn;
	bool leads; /* to the end */
};

/* A function, with its unlikely part. */
struct code {
	const struct object *obj;
	struct place *place;
	size_t nr, max;
	struct part {
		const struct section *sec;
		size_t *number; /* by offset: of the place that begins there, from 1 on */
	} parts[2];
};

static void read_part(struct code *code, struct part *part, const struct section *sec)
{
	struct place place = { .sec = sec };

	*part = (struct part){ sec, xcalloc(sec->size + 1, sizeof(*part->number)) };
	while (arch_x86_64.read_insn(sec, place.at, &place.insn)) {
		grow(code->place, code->nr, code->max);
		code->place[code->nr++] = place;
		part->number[place.at] = code->nr;
		place.at += place.insn.length;
	}
}

static void read_code(struct code *code, const struct object *obj, const struct section *sec)
{
	if (is_unlikely_part(obj, sec))
		sec = &obj->sections[sec->owner];
	*code = (struct code){ .obj = obj };
	read_part(code, &code->parts[0], sec);
	if (sec->cold)
		read_part(code, &code->parts[1], &obj->sections[sec->cold]);
}

/* The place at an offset, from 1 on; 0: none. */
static size_t place_at(const struct code *code, const struct section *sec, int64_t at)
{
	const struct part *part;

	for (part = code->parts; part < code->parts + 2; part++) {
		if (part->sec == sec)
			return at >= 0 && (uint64_t)at < sec->size ? part->number[at] : 0;
	}
	return 0;
}

/* Where a jump or a call leads in the code, from 1 on; 0: elsewhere. */
static size_t target_of(const struct code *code, const struct place *place)
{
	const struct insn *insn = &place->insn;

	if (!insn->branch)
		return 0;
	if (!insn->rela)
		return place_at(code, place->sec, (int64_t)insn->to);
	return place_at(code, &code->obj->sections[insn->rela->target], insn->rela->target_offset);
}

/* linux/once.h, Linux 6.1 and 7.2: the flavours differ in what is between the two words */
static enum once_place called(const struct code *code, const struct insn *insn)
{
	const char *name = "", *last;

	if (insn->branch && insn->rela && !insn->rela->target)
		name = code->obj->symbols[insn->rela->symbol].name;
	last = strrchr(name, '_');
	if (!last || !has_prefix(name, "__do_once_"))
		return NOT_ONCE;
	if (!strcmp(last, "_start"))
		return ONCE_START;
	return !strcmp(last, "_done") ? ONCE_END : NOT_ONCE;
}

/* The call that gets what @rela refers to goes to *@end. */
static enum once_place find_call(const struct code *code, const struct section *sec,
				 const struct rela *rela, size_t *end)
{
	size_t i = 0;

	while (i < code->nr && (code->place[i].sec != sec ||
				code->place[i].at + code->place[i].insn.length <= rela->offset))
		i++;
	while (i < code->nr && !code->place[i].insn.jump && !code->place[i].insn.call)
		i++;
	*end = i;
	return i < code->nr ? called(code, &code->place[i].insn) : NOT_ONCE;
}

static bool leads_on(const struct code *code, const struct place *place)
{
	size_t target = target_of(code, place);

	if (called(code, &place->insn) == ONCE_START)
		return false;
	if (!place->insn.call && target && code->place[target - 1].leads)
		return true;
	return !place->insn.ends && place + 1 < code->place + code->nr &&
	       place[1].sec == place->sec && place[1].leads;
}

static void mark_what_leads(struct code *code, size_t end)
{
	bool more = true;
	size_t i;

	code->place[end].leads = true;
	while (more) {
		more = false;
		for (i = code->nr; i--;) {
			if (code->place[i].leads || !leads_on(code, &code->place[i]))
				continue;
			code->place[i].leads = more = true;
		}
	}
}

static bool is_jump_of_code(const struct section *from, const struct rela *rela)
{
	return (from->shdr.sh_flags & SHF_EXECINSTR) && arch_x86_64.is_branch(from, rela);
}

/* The kernel's tables lead to fixups and static branches, which code leads to as well. */
static bool is_other_way_in(const struct code *code, const struct section *from,
			    const struct rela *rela)
{
	const struct section *to = &code->obj->sections[rela->target];
	size_t number = place_at(code, to, rela->target_offset);

	return number && code->place[number - 1].leads && from->kind != KIND_TABLE &&
	       from->kind != KIND_IGNORED && !is_jump_of_code(from, rela) &&
	       (uint64_t)rela->target_offset != entry_offset(code->obj, to);
}

/* Such as a table of jumps. */
static bool has_other_way_in(const struct code *code)
{
	const struct section *sec;
	const struct rela *rela;

	for_each_section (code->obj, sec) {
		for_each_rela (sec, rela) {
			if (is_other_way_in(code, sec, rela))
				return true;
		}
	}
	return false;
}

/* Where the compiler puts the code decides about such jumps. */
static bool is_layout(const struct code *code, const struct place *place)
{
	return place->insn.ends && target_of(code, place);
}

static void add_step(struct once_work *work, uint64_t shape, const struct rela *rela)
{
	grow(work->step, work->nr, work->max);
	work->step[work->nr++] = (struct once_step){ shape, rela };
}

static void add_steps(struct once_work *work, const struct code *code, const struct place *place)
{
	const struct rela *rela = place->insn.rela, *end = place->sec->relas + place->sec->nr_relas;

	if (place->insn.jump && target_of(code, place))
		rela = NULL;
	add_step(work, place->insn.shape, rela);
	while (rela && ++rela < end && rela->offset < place->at + place->insn.length)
		add_step(work, 0, rela);
}

static void read_work(struct once_work *work, const struct code *code)
{
	const struct place *place;

	work->open = has_other_way_in(code);
	for (place = code->place; place < code->place + code->nr; place++) {
		if (place->leads && !place->insn.noise && !is_layout(code, place))
			add_steps(work, code, place);
	}
}

enum once_place read_once_work(const struct object *obj, const struct section *sec,
			       const struct rela *rela, struct once_work *work)
{
	enum once_place which;
	struct code code;
	size_t end;

	*work = (struct once_work){ 0 };
	read_code(&code, obj, sec);
	which = find_call(&code, sec, rela, &end);
	if (which == ONCE_END) {
		mark_what_leads(&code, end);
		read_work(work, &code);
	}
	free(code.place);
	free(code.parts[0].number);
	free(code.parts[1].number);
	return which;
}
