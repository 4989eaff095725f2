// SPDX-License-Identifier: GPL-2.0-only
/* What instructions do with an address that is relocated. */
#include "arch.h"
#include "x86-decode.h"
#include "x86.h"

#include <Zydis/Zydis.h>

/* A bit for each register for numbers and addresses, by whatever part of it; 0: another one. */
static uint32_t register_bit(ZydisRegister reg)
{
	reg = ZydisRegisterGetLargestEnclosing(ZYDIS_MACHINE_MODE_LONG_64, reg);
	return reg >= ZYDIS_REGISTER_RAX && reg <= ZYDIS_REGISTER_R15
		       ? 1u << (reg - ZYDIS_REGISTER_RAX)
		       : 0;
}

static bool is_place(const ZydisDecodedOperand *operand)
{
	const ZydisDecodedOperandMem *mem = &operand->mem;

	return operand->type == ZYDIS_OPERAND_TYPE_MEMORY && mem->type == ZYDIS_MEMOP_TYPE_MEM &&
	       mem->index == ZYDIS_REGISTER_NONE &&
	       (mem->base == ZYDIS_REGISTER_NONE || mem->base == ZYDIS_REGISTER_RIP);
}

/* The instruction that has the byte at @offset, which begins at @start. */
static bool operands_at(const struct section *sec, uint64_t offset, uint64_t *start,
			ZydisDecodedInstruction *insn, ZydisDecodedOperand *operands)
{
	ZydisDecoder decoder;
	uint64_t at = 0;

	if (!sec->data || !(sec->shdr.sh_flags & SHF_EXECINSTR) ||
	    ZYAN_FAILED(
		    ZydisDecoderInit(&decoder, ZYDIS_MACHINE_MODE_LONG_64, ZYDIS_STACK_WIDTH_64)))
		return false;
	do {
		*start = at;
		if (at >= sec->size ||
		    ZYAN_FAILED(ZydisDecoderDecodeFull(&decoder, sec->data + at, sec->size - at,
						       insn, operands)))
			return false;
		at += insn->length;
	} while (offset >= at);
	return true;
}

static bool is_displacement(const ZydisDecodedInstruction *insn, uint64_t start, uint64_t offset)
{
	return insn->raw.disp.size && start + insn->raw.disp.offset == offset;
}

size_t x86_access_size(const struct section *sec, const struct rela *rela)
{
	ZydisDecodedOperand operands[ZYDIS_MAX_OPERAND_COUNT];
	ZydisDecodedInstruction insn;
	uint64_t start;
	size_t i;

	if (!operands_at(sec, rela->offset, &start, &insn, operands) ||
	    !is_displacement(&insn, start, rela->offset))
		return 0;
	for (i = 0; i < insn.operand_count_visible && !is_place(&operands[i]); i++)
		;
	return i < insn.operand_count_visible ? operands[i].size / 8 : 0;
}

/* "mov %rsp, %rbp" before @end; else RBP is a register like others (CONFIG_UNWINDER_ORC). */
static bool has_frame_pointer(const struct section *sec, uint64_t end)
{
	ZydisDecodedOperand operands[ZYDIS_MAX_OPERAND_COUNT];
	ZydisDecodedInstruction insn;
	ZydisDecoder decoder;
	uint64_t at;

	if (ZYAN_FAILED(
		    ZydisDecoderInit(&decoder, ZYDIS_MACHINE_MODE_LONG_64, ZYDIS_STACK_WIDTH_64)))
		return false;
	for (at = 0; at < end; at += insn.length) {
		if (ZYAN_FAILED(ZydisDecoderDecodeFull(&decoder, sec->data + at, sec->size - at,
						       &insn, operands)))
			return false;
		if (insn.mnemonic == ZYDIS_MNEMONIC_MOV &&
		    operands[0].type == ZYDIS_OPERAND_TYPE_REGISTER &&
		    operands[0].reg.value == ZYDIS_REGISTER_RBP &&
		    operands[1].type == ZYDIS_OPERAND_TYPE_REGISTER &&
		    operands[1].reg.value == ZYDIS_REGISTER_RSP)
			return true;
	}
	return false;
}

/* Whether an operand is in memory, and not in the frame; with @framed RBP leads there, too. */
static bool has_memory(const ZydisDecodedInstruction *insn, const ZydisDecodedOperand *operands,
		       bool framed)
{
	size_t i;

	for (i = 0; i < insn->operand_count_visible; i++) {
		ZydisRegister base = operands[i].mem.base;

		if (operands[i].type == ZYDIS_OPERAND_TYPE_MEMORY && base != ZYDIS_REGISTER_RSP &&
		    (base != ZYDIS_REGISTER_RBP || !framed))
			return true;
	}
	return false;
}

static bool is_copy(const ZydisDecodedInstruction *insn)
{
	return insn->mnemonic == ZYDIS_MNEMONIC_MOV || insn->mnemonic == ZYDIS_MNEMONIC_XCHG ||
	       insn->mnemonic == ZYDIS_MNEMONIC_CMPXCHG ||
	       insn->meta.category == ZYDIS_CATEGORY_CMOV;
}

/* The address of a row is that of its table and a number, perhaps with bits that say more of it. */
static bool is_sum(const ZydisDecodedInstruction *insn)
{
	switch (insn->mnemonic) {
	case ZYDIS_MNEMONIC_ADD:
	case ZYDIS_MNEMONIC_LEA:
	case ZYDIS_MNEMONIC_OR:
	case ZYDIS_MNEMONIC_AND:
		return true;
	default:
		return false;
	}
}

static uint32_t registers_read(const ZydisDecodedInstruction *insn,
			       const ZydisDecodedOperand *operand)
{
	if (operand->type == ZYDIS_OPERAND_TYPE_REGISTER &&
	    operand->actions & ZYDIS_OPERAND_ACTION_MASK_READ)
		return register_bit(operand->reg.value);
	if (operand->type == ZYDIS_OPERAND_TYPE_MEMORY && insn->mnemonic == ZYDIS_MNEMONIC_LEA)
		return register_bit(operand->mem.base) | register_bit(operand->mem.index);
	return 0;
}

/* Whether the value of a register of @registers, a bit for each, is an operand. */
static bool reads_one(const ZydisDecodedInstruction *insn, const ZydisDecodedOperand *operands,
		      uint32_t registers)
{
	size_t i;

	for (i = 0; i < insn->operand_count_visible; i++) {
		if (registers & registers_read(insn, &operands[i]))
			return true;
	}
	return false;
}

/* Those of @registers that have the same afterwards, or a place behind it, and those that get it. */
static uint32_t copied_to(const ZydisDecodedInstruction *insn, const ZydisDecodedOperand *operands,
			  uint32_t registers)
{
	bool copies = (is_copy(insn) || is_sum(insn)) && reads_one(insn, operands, registers);
	bool both = insn->mnemonic == ZYDIS_MNEMONIC_XCHG;
	size_t i;

	for (i = 0; i < insn->operand_count; i++) {
		if (operands[i].type != ZYDIS_OPERAND_TYPE_REGISTER ||
		    !(operands[i].actions & ZYDIS_OPERAND_ACTION_MASK_WRITE))
			continue;
		if (copies && (both || i == 0))
			registers |= register_bit(operands[i].reg.value);
		else if (!(operands[i].actions & ZYDIS_OPERAND_ACTION_CONDWRITE))
			registers &= ~register_bit(operands[i].reg.value);
	}
	return registers;
}

/* Whether what @registers have at @at gets into memory before the next branch. */
static bool gets_stored(const struct section *sec, uint64_t at, uint32_t registers, bool framed)
{
	ZydisDecodedOperand operands[ZYDIS_MAX_OPERAND_COUNT];
	ZydisDecodedInstruction insn;
	ZydisDecoder decoder;

	if (ZYAN_FAILED(
		    ZydisDecoderInit(&decoder, ZYDIS_MACHINE_MODE_LONG_64, ZYDIS_STACK_WIDTH_64)))
		return false;
	while (registers && at < sec->size &&
	       ZYAN_SUCCESS(ZydisDecoderDecodeFull(&decoder, sec->data + at, sec->size - at, &insn,
						   operands)) &&
	       !x86_branches(&insn)) {
		if ((is_copy(&insn) || insn.mnemonic == ZYDIS_MNEMONIC_CMP) &&
		    has_memory(&insn, operands, framed) && reads_one(&insn, operands, registers))
			return true;
		registers = copied_to(&insn, operands, registers);
		at += insn.length;
	}
	return false;
}

enum address_use x86_address_use(const struct section *sec, const struct rela *rela)
{
	ZydisDecodedOperand operands[ZYDIS_MAX_OPERAND_COUNT];
	ZydisDecodedInstruction insn;
	uint64_t start;
	bool framed;

	if (!operands_at(sec, rela->offset, &start, &insn, operands))
		return ADDRESS_TAKEN;
	framed = has_frame_pointer(sec, start);
	if (is_displacement(&insn, start, rela->offset)) {
		if (insn.mnemonic != ZYDIS_MNEMONIC_LEA)
			return ADDRESS_ACCESSED;
	} else if (has_memory(&insn, operands, framed)) {
		return ADDRESS_STORED;
	}
	if ((insn.mnemonic == ZYDIS_MNEMONIC_MOV || is_sum(&insn)) &&
	    operands[0].type == ZYDIS_OPERAND_TYPE_REGISTER &&
	    gets_stored(sec, start + insn.length, register_bit(operands[0].reg.value), framed))
		return ADDRESS_STORED;
	return ADDRESS_TAKEN;
}
