// SPDX-License-Identifier: GPL-2.0-only
/*
 * Shipped code beside the rebuilt one. The shipped function was compiled without a section
 * of its own, so that its jumps may be shorter; objtool has been at it, and made NOPs of
 * calls to the tracer and of branches that static keys switch off. Everything else has to be
 * the same byte for byte, but for fields with a relocation.
 */
#include "x86.h"
#include "x86-decode.h"
#include "create-diff-object/tables.h"
#include "create-diff-object/util.h"

#include <Zydis/Zydis.h>

struct instruction {
	ZydisDecodedInstruction insn;
	const uint8_t *bytes;
	uint64_t at;
	bool branch; /* to a place that it names */
	uint64_t opcode; /* of a branch: where in the instruction, behind the prefixes */
	uint64_t to; /* of a branch: offset from where @at counts */
};

struct sides {
	struct beside *beside;
	ZydisDecoder decoder;
	struct instruction rebuilt, shipped;
	uint64_t at, shipped_at; /* behind them */
	size_t r, r_end; /* the relocations of the rebuilt instruction */
};

/* "ud2; .ascii "xen"" before CPUID: no instructions, but what Xen looks for (asm/xen/prefix.h) */
static const uint8_t xen_prefix[] = { 0x0f, 0x0b, 'x', 'e', 'n' };

static bool decode(const ZydisDecoder *decoder, const uint8_t *code, uint64_t size, uint64_t at,
		   struct instruction *now)
{
	const ZydisDecodedInstruction *insn = &now->insn;
	uint64_t field;

	now->at = at;
	now->bytes = code + at;
	now->branch = false;
	if (at < size && size - at >= sizeof(xen_prefix) &&
	    !memcmp(now->bytes, xen_prefix, sizeof(xen_prefix))) {
		memset(&now->insn, 0, sizeof(now->insn));
		now->insn.length = sizeof(xen_prefix);
		return true;
	}
	if (at >= size || !x86_decode(decoder, code + at, size - at, &now->insn) ||
	    insn->length > size - at)
		return false;
	now->branch = insn->attributes & ZYDIS_ATTRIB_IS_RELATIVE && insn->raw.imm[0].is_relative;
	if (!now->branch)
		return true;
	field = insn->raw.imm[0].offset;
	/* Jcc with 32 bits has two bytes: 0f 8x */
	now->opcode = field - (field > 1 && now->bytes[field - 2] == 0x0f &&
					       (now->bytes[field - 1] & 0xf0) == 0x80
				       ? 2
				       : 1);
	now->to = at + insn->length + (uint64_t)insn->raw.imm[0].value.s;
	return true;
}

/* What a branch does, whatever its length: 0x70 to 0x7f for Jcc, 0xeb for JMP. */
static uint8_t branch_operation(const struct instruction *now)
{
	uint8_t opcode = now->bytes[now->opcode];

	if (opcode == 0x0f)
		return now->bytes[now->opcode + 1] - 0x10;
	return opcode == 0xe9 ? 0xeb : opcode;
}

static bool same_branch(const struct instruction *a, const struct instruction *b)
{
	return a->branch && b->branch && branch_operation(a) == branch_operation(b) &&
	       a->opcode == b->opcode && !memcmp(a->bytes, b->bytes, a->opcode);
}

static bool differ(const struct sides *sides, const char *why)
{
	struct beside *beside = sides->beside;

	beside->at = sides->rebuilt.at;
	beside->shipped_at = sides->shipped.at;
	beside->why = why;
	return false;
}

/* Nothing says that they are not the same. */
static bool cannot_tell(const struct sides *sides, const char *why)
{
	sides->beside->open = true;
	return differ(sides, why);
}

/*
 * The call to the tracer: objtool --mcount makes a NOP of it (tools/objtool/check.c,
 * add_call_destinations(), Linux 6.1), as does recordmcount.
 */
static bool is_tracer_nop(const struct sides *sides)
{
	const struct beside *beside = sides->beside;
	const struct instruction *a = &sides->rebuilt, *b = &sides->shipped;
	const struct rela *rela = &beside->sec->relas[sides->r];

	return a->branch && a->bytes[0] == 0xe8 && sides->r_end == sides->r + 1 &&
	       !strcmp(beside->obj->symbols[rela->symbol].name, "__fentry__") && !rela->target &&
	       b->insn.length == sizeof(x86_nop5) && !memcmp(b->bytes, x86_nop5, sizeof(x86_nop5));
}

/* Bit 1 of the key: objtool shall write the NOP (asm/jump_label.h, Linux 6.1). */
static bool has_marked_entry(const struct object *obj, const struct section *sec, uint64_t at)
{
	size_t i;

	for (i = 0; i < sec->nr_entries; i++) {
		const struct section *entry = &obj->sections[sec->entries[i]];
		const struct rela *rela;

		if (strcmp(entry->name, "__jump_table") ||
		    entry->relas[0].target_offset != (int64_t)at)
			continue;
		for_each_rela (entry, rela) {
			if (rela->offset == JUMP_KEY && rela->addend & 2)
				return true;
		}
	}
	return false;
}

/*
 * A static branch that is off: objtool --hacks=jump_label makes a NOP of the jump
 * (handle_jump_alt(), Linux 6.1). Where the jump leads to is in the entry of __jump_table.
 */
static bool is_static_branch_nop(const struct sides *sides)
{
	const struct beside *beside = sides->beside;
	const struct instruction *a = &sides->rebuilt, *b = &sides->shipped;
	uint64_t length = b->insn.length;

	if (!a->branch || branch_operation(a) != 0xeb || a->opcode)
		return false;
	if ((length != sizeof(x86_nop2) || memcmp(b->bytes, x86_nop2, length)) &&
	    (length != sizeof(x86_nop5) || memcmp(b->bytes, x86_nop5, length)))
		return false;
	return has_marked_entry(beside->obj, beside->sec, a->at);
}

/* Where the rebuilt instruction refers to its own section without a relocation. */
static bool local_reference(const struct instruction *now, uint64_t *to)
{
	const ZydisDecodedInstruction *insn = &now->insn;

	if (now->branch)
		*to = now->to;
	else if (insn->attributes & ZYDIS_ATTRIB_IS_RELATIVE && insn->raw.disp.size)
		*to = now->at + insn->length + (uint64_t)insn->raw.disp.value;
	else
		return false;
	return true;
}

static bool shipped_place(const struct sides *sides, const struct rela *rela, uint64_t field,
			  size_t width, bool pcrel, uint64_t *place)
{
	const struct beside *beside = sides->beside;
	const struct instruction *b = &sides->shipped;

	return beside->field(beside->ctx, rela, b->at + field, width, pcrel, b->at + b->insn.length,
			     place);
}

static bool compare_branch(const struct sides *sides)
{
	const struct beside *beside = sides->beside;
	const struct instruction *a = &sides->rebuilt, *b = &sides->shipped;
	const struct rela *rela = &beside->sec->relas[sides->r];
	size_t width = b->insn.raw.imm[0].size / 8;
	uint64_t place;

	if (sides->r_end > sides->r + 1)
		return cannot_tell(sides, "the rebuilt one has several relocations");
	if (sides->r_end == sides->r)
		rela = NULL;
	if (!shipped_place(sides, rela, b->insn.raw.imm[0].offset, width, true, &place))
		return differ(sides, "the shipped one refers to nothing that is known");
	if (rela)
		return beside->refers(beside->ctx, rela, place) || differ(sides, NULL);
	beside->leads(beside->ctx, a->at, a->to, place);
	return true;
}

/* The bytes outside of relocated fields. */
static bool same_bytes(const struct sides *sides)
{
	const struct instruction *a = &sides->rebuilt, *b = &sides->shipped;
	uint64_t i, field, skip_end = 0, to;
	size_t r = sides->r;
	bool local = sides->r == sides->r_end && local_reference(a, &to);

	if (a->insn.length != b->insn.length)
		return false;
	for (i = 0; i < a->insn.length; i++) {
		for (; r < sides->r_end; r++) {
			const struct rela *rela = &sides->beside->sec->relas[r];

			field = rela->offset - a->at;
			if (field > i)
				break;
			skip_end = field + arch_x86_64.rela_width(rela->type);
		}
		if (i < skip_end ||
		    (local && i >= a->insn.raw.disp.offset && i < a->insn.raw.disp.offset + 4u))
			continue;
		if (a->bytes[i] != b->bytes[i])
			return false;
	}
	return true;
}

/* Zydis has to see in both what the relocation says: the same field of the same width. */
static bool compare_fields(const struct sides *sides)
{
	const struct beside *beside = sides->beside;
	const struct instruction *a = &sides->rebuilt;
	uint64_t place, to;
	size_t r;

	if (sides->r == sides->r_end && local_reference(a, &to)) {
		if (!shipped_place(sides, NULL, a->insn.raw.disp.offset, 4, true, &place))
			return differ(sides, "the shipped one refers to nothing that is known");
		beside->leads(beside->ctx, a->at, to, place);
		return true;
	}
	for (r = sides->r; r < sides->r_end; r++) {
		const struct rela *rela = &beside->sec->relas[r];

		if (!arch_x86_64.known_rela(rela->type))
			return cannot_tell(sides, "the rebuilt one has a relocation of an unknown "
						  "kind");
		if (!shipped_place(sides, rela, rela->offset - a->at,
				   arch_x86_64.rela_width(rela->type),
				   arch_x86_64.is_pcrel(rela->type), &place))
			return differ(sides, "the shipped one refers to nothing that is known");
		if (!beside->refers(beside->ctx, rela, place))
			return differ(sides, NULL);
	}
	return true;
}

/* The place behind the NOPs that begin at @at. */
static uint64_t behind_nops(const ZydisDecoder *decoder, const uint8_t *code, uint64_t size,
			    uint64_t at)
{
	struct instruction now;

	while (decode(decoder, code, size, at, &now) && x86_is_nop(now.bytes, &now.insn))
		at += now.insn.length;
	return at;
}

/* Something may be written there when the kernel runs. */
static bool has_entry(const struct object *obj, const struct section *sec, uint64_t start,
		      uint64_t end)
{
	size_t i;

	for (i = 0; i < sec->nr_entries; i++) {
		const struct section *entry = &obj->sections[sec->entries[i]];

		if (entry->relas[0].target_offset >= (int64_t)start &&
		    entry->relas[0].target_offset < (int64_t)end)
			return true;
	}
	return false;
}

/*
 * NOPs that align what is behind them, as ".p2align" of zstd_lazy.c: as many as the place needs
 * on either side, up to the same boundary.
 */
static bool skip_alignment(struct sides *sides)
{
	struct beside *beside = sides->beside;
	uint64_t start = sides->at, shipped_start = sides->shipped_at, align;
	uint64_t end = behind_nops(&sides->decoder, beside->sec->data, beside->end, start);
	uint64_t shipped_end =
		behind_nops(&sides->decoder, beside->code, beside->size, shipped_start);

	if (end - start == shipped_end - shipped_start &&
	    !memcmp(beside->sec->data + start, beside->code + shipped_start, end - start))
		return false;
	for (align = 16; align <= 64; align *= 2) {
		if (align > beside->sec->shdr.sh_addralign || end % align ||
		    (beside->address + shipped_end) % align || end - start >= align ||
		    (beside->address + shipped_start - start) % align == 0 ||
		    shipped_end - shipped_start >= align ||
		    has_entry(beside->obj, beside->sec, start, end > start ? end : start + 1))
			continue;
		beside->twins[start - beside->start] = (uint32_t)shipped_start + 1;
		sides->at = end;
		sides->shipped_at = shipped_end;
		return true;
	}
	return false;
}

static bool compare_instruction(struct sides *sides)
{
	const struct instruction *a = &sides->rebuilt, *b = &sides->shipped;

	if (sides->r_end > sides->r &&
	    sides->beside->sec->relas[sides->r_end - 1].offset +
			    arch_x86_64.rela_width(
				    sides->beside->sec->relas[sides->r_end - 1].type) >
		    sides->at)
		return differ(sides, "the rebuilt one has a relocation across its end");
	if (is_tracer_nop(sides) || is_static_branch_nop(sides))
		return true;
	if (same_branch(a, b))
		return compare_branch(sides);
	if (a->branch || b->branch || !same_bytes(sides))
		return differ(sides, "");
	return compare_fields(sides);
}

static void take_relas(struct sides *sides)
{
	const struct section *sec = sides->beside->sec;

	while (sides->r < sec->nr_relas && sec->relas[sides->r].offset < sides->rebuilt.at)
		sides->r++;
	for (sides->r_end = sides->r;
	     sides->r_end < sec->nr_relas && sec->relas[sides->r_end].offset < sides->at;
	     sides->r_end++)
		;
}

bool x86_beside(struct beside *beside)
{
	struct sides sides = { .beside = beside, .at = beside->start };

	ZydisDecoderInit(&sides.decoder, ZYDIS_MACHINE_MODE_LONG_64, ZYDIS_STACK_WIDTH_64);
	while (sides.at < beside->end && sides.shipped_at < beside->size) {
		if (!decode(&sides.decoder, beside->sec->data, beside->end, sides.at,
			    &sides.rebuilt) ||
		    !decode(&sides.decoder, beside->code, beside->size, sides.shipped_at,
			    &sides.shipped))
			return cannot_tell(&sides, "one of them cannot be decoded");
		if ((x86_is_nop(sides.rebuilt.bytes, &sides.rebuilt.insn) ||
		     x86_is_nop(sides.shipped.bytes, &sides.shipped.insn)) &&
		    skip_alignment(&sides))
			continue;
		beside->twins[sides.at - beside->start] = (uint32_t)sides.shipped_at + 1;
		sides.at += sides.rebuilt.insn.length;
		sides.shipped_at += sides.shipped.insn.length;
		take_relas(&sides);
		if (!compare_instruction(&sides))
			return false;
	}
	sides.rebuilt.at = sides.at;
	sides.shipped.at = sides.shipped_at;
	if (sides.at < beside->end)
		return differ(&sides, "");
	if (sides.shipped_at < beside->size)
		return differ(&sides, "");
	beside->twins[beside->end - beside->start] = (uint32_t)beside->size + 1;
	return true;
}
