// SPDX-License-Identifier: GPL-2.0-only
/* What the kernel writes into its own code, and how long it is (arch/x86, Linux 6.1). */
#include "x86.h"
#include "x86-decode.h"
#include "kmod/patch/kpatch-shipped.h"

#include <string.h>

#define JMP32 0xe9
#define JMP8  0xeb

const uint8_t x86_nop2[2] = { 0x66, 0x90 };
const uint8_t x86_nop5[5] = { 0x0f, 0x1f, 0x44, 0x00, 0x00 };

/* Zydis takes "66 90" for "xchg %ax,%ax". */
bool x86_is_nop(const uint8_t *code, const ZydisDecodedInstruction *insn)
{
	return insn->mnemonic == ZYDIS_MNEMONIC_NOP ||
	       (insn->length == sizeof(x86_nop2) && !memcmp(code, x86_nop2, sizeof(x86_nop2)));
}

/*
 * optimize_nops() joins NOPs; recompute_jump() and __apply_relocation() make jumps short
 * (arch/x86/kernel/alternative.c). Behind an instruction that is not known nothing is found.
 */
bool x86_next_rewritten(const uint8_t *code, uint64_t size, uint64_t *at, struct rewritten *part)
{
	ZydisDecodedInstruction insn;
	ZydisDecoder decoder;

	part->length = 0;
	if (ZYAN_FAILED(
		    ZydisDecoderInit(&decoder, ZYDIS_MACHINE_MODE_LONG_64, ZYDIS_STACK_WIDTH_64)))
		return false;
	while (*at < size && x86_decode(&decoder, code + *at, size - *at, &insn)) {
		bool nop = x86_is_nop(code + *at, &insn);

		if (!nop && part->length)
			return true;
		if (nop && !part->length)
			*part = (struct rewritten){ .start = *at };
		if (nop)
			part->length += insn.length;
		*at += insn.length;
		if (insn.length == 5 && code[*at - 5] == JMP32) {
			*part = (struct rewritten){ *at - 5, 5, true };
			return true;
		}
	}
	return part->length;
}

void x86_static_branch(const uint8_t *there, uint64_t at, uint64_t to, struct static_branch *branch)
{
	uint64_t distance;

	branch->length = *there == JMP8 || *there == x86_nop2[0] ? 2 : 5;
	distance = to - (at + branch->length);
	memcpy(branch->nop, branch->length == 2 ? x86_nop2 : x86_nop5, branch->length);
	branch->jump[0] = branch->length == 2 ? JMP8 : JMP32;
	memcpy(branch->jump + 1, &distance, branch->length - 1);
}

uint64_t x86_landing_length(const uint8_t *code, uint64_t size)
{
	static const uint8_t endbr64[] = { 0xf3, 0x0f, 0x1e, 0xfa };

	return size >= sizeof(endbr64) && !memcmp(code, endbr64, sizeof(endbr64)) ? sizeof(endbr64)
										  : 0;
}

const struct written_place x86_written_places[] = {
	{ "__mcount_loc", 5, KPATCH_SITE_FTRACE, false },
	{ ".smp_locks", 1, KPATCH_SITE_LOCK, false },
	{ ".call_sites", 5, KPATCH_SITE_CALL, true },
	{ "runtime_ptr_", 8, KPATCH_SITE_CONSTANT, true },
	{ "runtime_shift_", 1, KPATCH_SITE_CONSTANT, true },
	{ 0 },
};
