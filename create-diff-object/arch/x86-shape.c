// SPDX-License-Identifier: GPL-2.0-only
/* What of an instruction the source decides, and what the compiler. */
#include "x86-shape.h"
#include "create-diff-object/hash.h"

static bool is_frame(const ZydisDecodedOperand *operand)
{
	return operand->type == ZYDIS_OPERAND_TYPE_MEMORY &&
	       operand->mem.base == ZYDIS_REGISTER_RSP && operand->mem.index == ZYDIS_REGISTER_NONE;
}

static bool has_rela(const struct section *sec, uint64_t field)
{
	return rela_within(sec, field, field + 1);
}

static uint64_t mix_operand(uint64_t hash, const struct section *sec, uint64_t at,
			    const ZydisDecodedInstruction *insn, const ZydisDecodedOperand *operand)
{
	const ZydisDecodedOperandMem *mem = &operand->mem;

	hash = hash_number(hash_number(hash, operand->type), operand->size);
	if (operand->type == ZYDIS_OPERAND_TYPE_IMMEDIATE)
		return operand->imm.is_relative || has_rela(sec, at + insn->raw.imm[0].offset)
			       ? hash
			       : hash_number(hash, operand->imm.value.u);
	if (operand->type != ZYDIS_OPERAND_TYPE_MEMORY || is_frame(operand))
		return hash;
	hash = hash_number(hash, mem->segment == ZYDIS_REGISTER_GS);
	hash = hash_number(hash, mem->index != ZYDIS_REGISTER_NONE ? mem->scale : 0);
	return has_rela(sec, at + insn->raw.disp.offset)
		       ? hash
		       : hash_number(hash, (uint64_t)mem->disp.value);
}

/* A jump is as wide as the distance wants, which is the compiler's business. */
static bool is_jump(const ZydisDecodedInstruction *insn)
{
	return insn->meta.category == ZYDIS_CATEGORY_UNCOND_BR ||
	       insn->meta.category == ZYDIS_CATEGORY_COND_BR;
}

uint64_t x86_shape(const struct section *sec, uint64_t at, const ZydisDecodedInstruction *insn,
		   const ZydisDecodedOperand *operands)
{
	uint64_t hash = hash_number(HASH_START, insn->mnemonic);
	size_t i;

	if (is_jump(insn) && operands[0].type == ZYDIS_OPERAND_TYPE_IMMEDIATE)
		return hash;
	for (i = 0; i < insn->operand_count_visible; i++)
		hash = mix_operand(hash, sec, at, insn, &operands[i]);
	return hash;
}

static bool is_register(const ZydisDecodedOperand *operand)
{
	return operand->type == ZYDIS_OPERAND_TYPE_REGISTER;
}

bool x86_is_noise(const ZydisDecodedInstruction *insn, const ZydisDecodedOperand *operands)
{
	switch (insn->mnemonic) {
	case ZYDIS_MNEMONIC_NOP:
		return true;
	case ZYDIS_MNEMONIC_PUSH:
	case ZYDIS_MNEMONIC_POP:
		return is_register(&operands[0]);
	case ZYDIS_MNEMONIC_MOV:
		return (is_register(&operands[0]) || is_frame(&operands[0])) &&
		       (is_register(&operands[1]) || is_frame(&operands[1]));
	case ZYDIS_MNEMONIC_LEA:
		return is_frame(&operands[1]);
	case ZYDIS_MNEMONIC_ADD:
	case ZYDIS_MNEMONIC_SUB:
		return is_register(&operands[0]) && operands[0].reg.value == ZYDIS_REGISTER_RSP;
	default:
		return false;
	}
}
