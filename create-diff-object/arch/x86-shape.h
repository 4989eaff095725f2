/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef X86_SHAPE_H
#define X86_SHAPE_H

#include "create-diff-object/object.h"

#include <Zydis/Zydis.h>

/* x86_shape, x86_is_noise - see struct insn. */
uint64_t x86_shape(const struct section *sec, uint64_t at, const ZydisDecodedInstruction *insn,
		   const ZydisDecodedOperand *operands);
bool x86_is_noise(const ZydisDecodedInstruction *insn, const ZydisDecodedOperand *operands);

#endif /* X86_SHAPE_H */
