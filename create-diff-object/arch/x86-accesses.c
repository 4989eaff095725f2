// SPDX-License-Identifier: GPL-2.0-only
/* What code reads and writes, and whether the address of its own frame gets out. */
#include "x86-decode.h"
#include "x86.h"
#include "create-diff-object/hash.h"
#include "create-diff-object/kinds.h"
#include "create-diff-object/util.h"

#include <stdlib.h>

struct accesses {
	uint64_t *list;
	size_t nr, max;
};

static uint64_t mix_name(uint64_t hash, const char *name)
{
	for (; *name; name++)
		hash = hash_number(hash, (uint8_t)*name);
	return hash;
}

/* The name behind a relocated displacement, and the distance from it. */
static uint64_t mix_relas(uint64_t hash, const struct object *obj, const struct section *sec,
			  uint64_t at, uint64_t end)
{
	const struct rela *rela = rela_within(sec, at, end);

	for (; rela && rela < sec->relas + sec->nr_relas && rela->offset < end; rela++) {
		hash = mix_name(hash, rela->target
					      ? section_label(obj, &obj->sections[rela->target])
					      : obj->symbols[rela->symbol].name);
		hash = hash_number(hash, (uint64_t)rela->target_offset);
	}
	return hash;
}

static bool is_stack(ZydisRegister reg)
{
	return reg == ZYDIS_REGISTER_RSP || reg == ZYDIS_REGISTER_ESP;
}

/* Nothing is written to or read from the places of these. */
static bool is_no_access(const ZydisDecodedInstruction *insn)
{
	return insn->meta.category == ZYDIS_CATEGORY_NOP ||
	       insn->meta.category == ZYDIS_CATEGORY_WIDENOP;
}

/*
 * Whether a register gets the address of the frame, or memory does. The stack pointer itself may
 * be moved, which is how frames are made.
 */
static bool takes_frame(const ZydisDecodedInstruction *insn, const ZydisDecodedOperand *operands)
{
	bool reads = false;
	size_t i;

	if (insn->operand_count_visible && operands[0].type == ZYDIS_OPERAND_TYPE_REGISTER &&
	    is_stack(operands[0].reg.value) &&
	    operands[0].actions & ZYDIS_OPERAND_ACTION_MASK_WRITE)
		return false;
	for (i = 0; i < insn->operand_count_visible; i++) {
		const ZydisDecodedOperand *operand = &operands[i];

		if (operand->type == ZYDIS_OPERAND_TYPE_REGISTER)
			reads |= is_stack(operand->reg.value);
		else if (operand->type == ZYDIS_OPERAND_TYPE_MEMORY)
			reads |= (insn->mnemonic == ZYDIS_MNEMONIC_LEA &&
				  is_stack(operand->mem.base)) ||
				 is_stack(operand->mem.index);
	}
	return reads;
}

static void add(struct accesses *accesses, uint64_t hash)
{
	grow(accesses->list, accesses->nr, accesses->max);
	accesses->list[accesses->nr++] = hash;
}

/* The same for the address that LEA computes; what has not 64 bits is a sum and no address. */
static void add_memory(struct accesses *accesses, const struct object *obj,
		       const struct section *sec, uint64_t at, const ZydisDecodedInstruction *insn,
		       const ZydisDecodedOperand *operand)
{
	const ZydisDecodedOperandMem *mem = &operand->mem;
	bool lea = insn->mnemonic == ZYDIS_MNEMONIC_LEA;
	uint64_t hash = hash_number(HASH_START, operand->size);

	if ((is_stack(mem->base) && mem->index == ZYDIS_REGISTER_NONE) ||
	    (lea && insn->operand_width != 64))
		return;
	hash = hash_number(hash, mem->segment == ZYDIS_REGISTER_GS);
	hash = hash_number(hash, mem->base != ZYDIS_REGISTER_NONE);
	hash = hash_number(hash, mem->index != ZYDIS_REGISTER_NONE ? mem->scale : 0);
	hash = hash_number(hash, mem->disp.has_displacement ? (uint64_t)mem->disp.value : 0);
	hash = hash_number(hash, lea);
	add(accesses, mix_relas(hash, obj, sec, at, at + insn->length));
}

/* An address as a constant; that of a string is nobody's variable. */
static bool is_place(const struct object *obj, const struct section *sec, uint64_t at,
		     const ZydisDecodedInstruction *insn, const ZydisDecodedOperand *operand)
{
	uint64_t field = at + insn->raw.imm[0].offset;
	const struct rela *rela = rela_within(sec, field, field + 1);

	return rela && !operand->imm.is_relative &&
	       obj->sections[rela->target].kind != KIND_STRINGS;
}

/* What is added to an address, or multiplied for one, and what is one. */
static void add_immediate(struct accesses *accesses, const struct object *obj,
			  const struct section *sec, uint64_t at,
			  const ZydisDecodedInstruction *insn, const ZydisDecodedOperand *operands,
			  const ZydisDecodedOperand *operand)
{
	uint64_t hash = hash_number(HASH_START, insn->mnemonic);

	hash = hash_number(hash, operand->imm.value.u);
	if (is_place(obj, sec, at, insn, operand))
		add(accesses, mix_relas(hash, obj, sec, at, at + insn->length));
	else if (insn->operand_width == 64 && operands[0].type == ZYDIS_OPERAND_TYPE_REGISTER &&
		 !is_stack(operands[0].reg.value))
		add(accesses, hash);
}

static void add_operands(struct accesses *accesses, const struct object *obj,
			 const struct section *sec, uint64_t at,
			 const ZydisDecodedInstruction *insn, const ZydisDecodedOperand *operands)
{
	size_t i;

	if (is_no_access(insn))
		return;
	for (i = 0; i < insn->operand_count; i++) {
		if (operands[i].type == ZYDIS_OPERAND_TYPE_MEMORY)
			add_memory(accesses, obj, sec, at, insn, &operands[i]);
		else if (operands[i].type == ZYDIS_OPERAND_TYPE_IMMEDIATE)
			add_immediate(accesses, obj, sec, at, insn, operands, &operands[i]);
	}
}

static int by_number(const void *a, const void *b)
{
	uint64_t na = *(const uint64_t *)a, nb = *(const uint64_t *)b;

	return na < nb ? -1 : na > nb;
}

static bool add_section_accesses(struct accesses *accesses, const struct object *obj,
				 const struct section *sec)
{
	ZydisDecodedOperand operands[ZYDIS_MAX_OPERAND_COUNT];
	ZydisDecodedInstruction insn;
	ZydisDecoder decoder;
	uint64_t at;

	if (!sec->data || ZYAN_FAILED(ZydisDecoderInit(&decoder, ZYDIS_MACHINE_MODE_LONG_64,
						       ZYDIS_STACK_WIDTH_64)))
		return false;
	for (at = 0; at < sec->size; at += insn.length) {
		if (ZYAN_FAILED(ZydisDecoderDecodeFull(&decoder, sec->data + at, sec->size - at,
						       &insn, operands)) ||
		    takes_frame(&insn, operands))
			return false;
		add_operands(accesses, obj, sec, at, &insn, operands);
	}
	return true;
}

bool x86_list_accesses(const struct object *obj, const struct section *sec, uint64_t **accesses,
		       size_t *nr)
{
	struct accesses found = { 0 };
	bool known = add_section_accesses(&found, obj, sec);
	const struct section *part;

	/* a function may have several unlikely parts; sec->cold is only one of them */
	for_each_section (obj, part) {
		if (known && part->owner && &obj->sections[part->owner] == sec &&
		    is_unlikely_part(obj, part))
			known = add_section_accesses(&found, obj, part);
	}
	if (found.nr)
		qsort(found.list, found.nr, sizeof(*found.list), by_number);
	*accesses = found.list;
	*nr = found.nr;
	return known;
}
