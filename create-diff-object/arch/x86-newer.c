// SPDX-License-Identifier: GPL-2.0-only
/* Instructions that the kernel has and Zydis 4.0 does not know yet. */
#include "x86-decode.h"

#include <string.h>

struct newer {
	uint8_t length;
	uint8_t bytes[4];
};

/* Intel's FRED and WRMSRNS; asm/bug.h, asm/fred.h, asm/gsseg.h and asm/msr.h of Linux 7.2 */
static const struct newer newer[] = {
	{ 1, { 0xd6 } }, /* udb */
	{ 3, { 0x0f, 0x01, 0xc6 } }, /* wrmsrns */
	{ 4, { 0xf2, 0x0f, 0x00, 0xf7 } }, /* lkgs %edi */
	{ 4, { 0xf2, 0x0f, 0x01, 0xca } }, /* erets */
	{ 4, { 0xf3, 0x0f, 0x01, 0xca } }, /* eretu */
};

bool x86_decode(const ZydisDecoder *decoder, const uint8_t *code, uint64_t size,
		ZydisDecodedInstruction *insn)
{
	size_t i;

	if (ZYAN_SUCCESS(ZydisDecoderDecodeInstruction(decoder, NULL, code, size, insn)))
		return true;
	for (i = 0; i < sizeof(newer) / sizeof(newer[0]); i++) {
		if (size < newer[i].length || memcmp(code, newer[i].bytes, newer[i].length))
			continue;
		memset(insn, 0, sizeof(*insn));
		insn->length = newer[i].length;
		return true;
	}
	return false;
}

bool x86_branches(const ZydisDecodedInstruction *insn)
{
	switch (insn->meta.category) {
	case ZYDIS_CATEGORY_CALL:
	case ZYDIS_CATEGORY_UNCOND_BR:
	case ZYDIS_CATEGORY_COND_BR:
	case ZYDIS_CATEGORY_RET:
		return true;
	default:
		return false;
	}
}
