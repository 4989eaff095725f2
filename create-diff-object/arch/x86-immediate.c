// SPDX-License-Identifier: GPL-2.0-only
#include "arch.h"
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
		if (ZYAN_FAILED(ZydisDecoderDecodeInstruction(&decoder, NULL, sec->data + at,
							      sec->size - at, &insn)))
			return false;
		if (offset < at + insn.length)
			return covers(&insn, at, offset, imm);
		at += insn.length;
	}
	return false;
}
