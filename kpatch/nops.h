/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KPATCH_NOPS_H
#define KPATCH_NOPS_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The NOPs of the kernel (arch/x86/include/asm/nops.h) and of the assembler: 0x90, 0x0f 0x1f with
 * any operand in memory, both after prefixes 0x66 and 0x2e; and, as the kernel fills longer places
 * since Linux 6.4, a jump over INT3 (add_nop() in arch/x86/kernel/alternative.c).
 */

/* Bytes of the one that @code, @size bytes, begins with; 0 when it is none. */
size_t nop_length(const unsigned char *code, size_t size);

/* All @size bytes are such. No bytes are, too. */
bool is_nops(const unsigned char *code, size_t size);

#endif /* KPATCH_NOPS_H */
