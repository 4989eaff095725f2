// SPDX-License-Identifier: GPL-2.0-only
/*
 * Shipped code beside the rebuilt one. The shipped function was compiled without a section
 * of its own, so that its jumps may be shorter and its padding other; objtool has been at
 * it, and made NOPs of calls to the tracer and of branches that static keys switch off.
 */
#include "x86.h"
#include "create-diff-object/util.h"

#include <Zydis/Zydis.h>

struct instruction {
	ZydisDecodedInstruction insn;
	ZydisDecodedOperand operands[ZYDIS_MAX_OPERAND_COUNT];
	uint64_t at;
};

struct side {
	ZydisDecoder decoder;
	const uint8_t *code;
	uint64_t size, at;
	struct instruction now;
	uint64_t nops; /* bytes of NOPs before it */
};

static bool decode(struct side *side)
{
	struct instruction *now = &side->now;
	ZydisDecoderContext context;

	now->at = side->at;
	if (side->at >= side->size ||
	    ZYAN_FAILED(ZydisDecoderDecodeInstruction(&side->decoder, &context,
						      side->code + side->at, side->size - side->at,
						      &now->insn)) ||
	    ZYAN_FAILED(ZydisDecoderDecodeOperands(&side->decoder, &context, &now->insn,
						   now->operands, now->insn.operand_count_visible)))
		return false;
	side->at += now->insn.length;
	return true;
}

static bool is_nop(const struct instruction *now)
{
	return now->insn.mnemonic == ZYDIS_MNEMONIC_NOP ||
	       (now->insn.mnemonic == ZYDIS_MNEMONIC_XCHG &&
		now->operands[0].type == ZYDIS_OPERAND_TYPE_REGISTER &&
		now->operands[1].type == ZYDIS_OPERAND_TYPE_REGISTER &&
		now->operands[0].reg.value == ZYDIS_REGISTER_AX &&
		now->operands[1].reg.value == ZYDIS_REGISTER_AX);
}

/* The next instruction that does something. */
static bool advance(struct side *side)
{
	uint64_t start = side->at;

	do {
		if (!decode(side))
			return false;
	} while (is_nop(&side->now));
	side->nops = side->now.at - start;
	return true;
}

static bool same_memory(const ZydisDecodedOperandMem *a, const ZydisDecodedOperandMem *b,
			bool relocated)
{
	return a->segment == b->segment && a->base == b->base && a->index == b->index &&
	       a->scale == b->scale &&
	       (relocated || a->base == ZYDIS_REGISTER_RIP || a->disp.value == b->disp.value);
}

static bool same_operand(const ZydisDecodedOperand *a, const ZydisDecodedOperand *b, bool relocated)
{
	if (a->type != b->type)
		return false;
	switch (a->type) {
	case ZYDIS_OPERAND_TYPE_REGISTER:
		return a->reg.value == b->reg.value;
	case ZYDIS_OPERAND_TYPE_MEMORY:
		return a->size == b->size && same_memory(&a->mem, &b->mem, relocated);
	case ZYDIS_OPERAND_TYPE_IMMEDIATE:
		return relocated || a->imm.is_relative || a->imm.value.u == b->imm.value.u;
	default:
		return true;
	}
}

static bool same_instruction(const struct instruction *a, const struct instruction *b,
			     bool relocated)
{
	const ZydisInstructionAttributes prefixes = ZYDIS_ATTRIB_HAS_LOCK | ZYDIS_ATTRIB_HAS_REP |
						    ZYDIS_ATTRIB_HAS_REPNE;
	size_t i;

	if (a->insn.mnemonic != b->insn.mnemonic ||
	    a->insn.operand_count_visible != b->insn.operand_count_visible ||
	    (a->insn.attributes ^ b->insn.attributes) & prefixes)
		return false;
	for (i = 0; i < a->insn.operand_count_visible; i++) {
		if (!same_operand(&a->operands[i], &b->operands[i], relocated))
			return false;
	}
	return true;
}

/* What the operand of @b is that @field of @a is relocated in, as an address. */
static uint64_t operand_place(const struct instruction *a, uint64_t field,
			      const struct instruction *b, uint64_t address)
{
	uint64_t end = address + b->at + b->insn.length;
	size_t i;

	if (a->insn.raw.disp.size && a->insn.raw.disp.offset == field && b->insn.raw.disp.size)
		return (uint64_t)b->insn.raw.disp.value +
		       (b->insn.attributes & ZYDIS_ATTRIB_IS_RELATIVE ? end : 0);
	for (i = 0; i < 2; i++) {
		if (a->insn.raw.imm[i].size && a->insn.raw.imm[i].offset == field &&
		    b->insn.raw.imm[i].size)
			return b->insn.raw.imm[i].value.u +
			       (b->insn.raw.imm[i].is_relative ? end : 0);
	}
	return 0;
}

static bool is_static_branch(const struct object *obj, const struct section *sec, uint64_t at)
{
	size_t i;

	for (i = 0; i < sec->nr_entries; i++) {
		const struct section *entry = &obj->sections[sec->entries[i]];

		if (!strcmp(entry->name, "__jump_table") &&
		    entry->relas[0].target_offset == (int64_t)at)
			return true;
	}
	return false;
}

/* Whether objtool or the build may have made a NOP of the rebuilt instruction. */
static bool may_be_nop(const struct object *obj, const struct section *sec,
		       const struct instruction *now, const struct rela *rela)
{
	if (now->insn.mnemonic == ZYDIS_MNEMONIC_CALL)
		return rela && !strcmp(obj->symbols[rela->symbol].name, "__fentry__");
	return now->insn.mnemonic == ZYDIS_MNEMONIC_JMP && is_static_branch(obj, sec, now->at);
}

/*
 * Whether the shipped side has a NOP in the place of the rebuilt instruction. What follows the
 * NOP may look the same: a jump behind a static branch, a call behind the one to __fentry__.
 */
static bool is_nop_beside(const struct object *obj, const struct side *rebuilt,
			  struct side *shipped, const struct section *sec, const struct rela *rela)
{
	uint64_t length = rebuilt->now.insn.length;

	if (!may_be_nop(obj, sec, &rebuilt->now, rela))
		return false;
	if (!rebuilt->nops && shipped->nops) {
		shipped->nops -= length < shipped->nops ? length : shipped->nops;
		return true;
	}
	return !same_instruction(&rebuilt->now, &shipped->now, rela);
}

void x86_read_beside(const struct object *obj, const struct section *sec, uint64_t start,
		     const uint8_t *code, uint64_t size, uint64_t address, uint64_t *places)
{
	struct side rebuilt = { .code = sec->data, .size = sec->size, .at = start };
	struct side shipped = { .code = code, .size = size };
	size_t r = 0, i;

	ZydisDecoderInit(&rebuilt.decoder, ZYDIS_MACHINE_MODE_LONG_64, ZYDIS_STACK_WIDTH_64);
	ZydisDecoderInit(&shipped.decoder, ZYDIS_MACHINE_MODE_LONG_64, ZYDIS_STACK_WIDTH_64);
	if (!advance(&shipped))
		return;
	while (advance(&rebuilt)) {
		const struct instruction *now = &rebuilt.now;

		while (r < sec->nr_relas && sec->relas[r].offset < now->at)
			r++;
		for (i = r; i < sec->nr_relas && sec->relas[i].offset < rebuilt.at; i++)
			;
		if (is_nop_beside(obj, &rebuilt, &shipped, sec, i > r ? &sec->relas[r] : NULL))
			continue;
		if (!same_instruction(now, &shipped.now, i > r))
			return;
		for (; r < i; r++)
			places[r] = operand_place(now, sec->relas[r].offset - now->at, &shipped.now,
						  address);
		if (!advance(&shipped))
			return;
	}
}
