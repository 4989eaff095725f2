/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef X86_DECODE_H
#define X86_DECODE_H

#include <Zydis/Zydis.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * x86_decode - decode the instruction at @code, of which @size bytes can be read
 *
 * Of one that is newer than Zydis only the length is set: it has no operands, and is no branch.
 * Returns false where there is no instruction.
 */
bool x86_decode(const ZydisDecoder *decoder, const uint8_t *code, uint64_t size,
		ZydisDecodedInstruction *insn);

/* x86_branches - whether it is a call, a jump or a return. */
bool x86_branches(const ZydisDecodedInstruction *insn);

#endif /* X86_DECODE_H */
