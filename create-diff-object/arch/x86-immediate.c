// SPDX-License-Identifier: GPL-2.0-only
/* Immediate operands, and which call gets them as an argument. */
#include "arch.h"
#include "x86-decode.h"
#include "x86.h"

#include <Zydis/Zydis.h>

static bool covers(const ZydisDecodedInstruction *insn, uint64_t start, uint64_t at,
		   struct immediate *imm)
{
	size_t i;

	for (i = 0; i < 2; i++) {
		if (!insn->raw.imm[i].size || insn->raw.imm[i].is_relative)
			continue;
		imm->instruction = start;
		imm->start = start + insn->raw.imm[i].offset;
		imm->end = imm->start + insn->raw.imm[i].size / 8;
		imm->value = insn->raw.imm[i].value.u;
		if (at >= imm->start && at < imm->end)
			return true;
	}
	return false;
}

bool x86_immediate_at(const struct section *sec, uint64_t offset, struct immediate *imm)
{
	ZydisDecodedInstruction insn;
	ZydisDecoder decoder;
	uint64_t at = 0;

	if (!sec->data || ZYAN_FAILED(ZydisDecoderInit(&decoder, ZYDIS_MACHINE_MODE_LONG_64,
						       ZYDIS_STACK_WIDTH_64)))
		return false;
	while (at < sec->size) {
		if (!x86_decode(&decoder, sec->data + at, sec->size - at, &insn))
			return false;
		if (offset < at + insn.length)
			return covers(&insn, at, offset, imm);
		at += insn.length;
	}
	return false;
}

/* The registers of the psABI's figure 3.4, in the order of the arguments. */
static const ZydisRegister argument_registers[] = {
	ZYDIS_REGISTER_RDI, ZYDIS_REGISTER_RSI, ZYDIS_REGISTER_RDX,
	ZYDIS_REGISTER_RCX, ZYDIS_REGISTER_R8,	ZYDIS_REGISTER_R9,
};

static bool writes(const ZydisDecodedInstruction *insn, const ZydisDecodedOperand *operands,
		   ZydisRegister reg)
{
	size_t i;

	for (i = 0; i < insn->operand_count; i++) {
		if (operands[i].type == ZYDIS_OPERAND_TYPE_REGISTER &&
		    operands[i].actions & ZYDIS_OPERAND_ACTION_MASK_WRITE &&
		    ZydisRegisterGetLargestEnclosing(ZYDIS_MACHINE_MODE_LONG_64,
						     operands[i].reg.value) == reg)
			return true;
	}
	return false;
}

static const struct rela *rela_in(const struct section *sec, uint64_t start, uint64_t end)
{
	const struct rela *rela;

	for_each_rela (sec, rela) {
		if (rela->offset >= start && rela->offset < end)
			return rela;
	}
	return NULL;
}

const struct rela *x86_gets_argument(const struct section *sec, const struct immediate *imm,
				     unsigned int nr)
{
	ZydisDecodedOperand operands[ZYDIS_MAX_OPERAND_COUNT];
	ZydisDecodedInstruction insn;
	ZydisDecoder decoder;
	uint64_t at = imm->instruction;

	if (nr >= sizeof(argument_registers) / sizeof(argument_registers[0]) ||
	    ZYAN_FAILED(
		    ZydisDecoderInit(&decoder, ZYDIS_MACHINE_MODE_LONG_64, ZYDIS_STACK_WIDTH_64)))
		return NULL;
	while (at < sec->size &&
	       ZYAN_SUCCESS(ZydisDecoderDecodeFull(&decoder, sec->data + at, sec->size - at, &insn,
						   operands))) {
		bool sets = insn.mnemonic == ZYDIS_MNEMONIC_MOV && at == imm->instruction;

		if (x86_branches(&insn))
			return insn.meta.category == ZYDIS_CATEGORY_CALL
				       ? rela_in(sec, at, at + insn.length)
				       : NULL;
		if (writes(&insn, operands, argument_registers[nr]) != sets)
			return NULL;
		at += insn.length;
	}
	return NULL;
}
