/* SPDX-License-Identifier: GPL-2.0-only */
/* Parts of the functions of arch.h for x86-64 that have a file of their own. */
#ifndef X86_H
#define X86_H

#include "arch.h"

#include <Zydis/Zydis.h>

/* asm/nops.h: BYTES_NOP2, BYTES_NOP5 */
extern const uint8_t x86_nop2[2], x86_nop5[5];

bool x86_is_nop(const uint8_t *code, const ZydisDecodedInstruction *insn);
bool x86_next_rewritten(const uint8_t *code, uint64_t size, uint64_t *at, struct rewritten *part);
void x86_static_branch(const uint8_t *there, uint64_t at, uint64_t to,
		       struct static_branch *branch);
uint64_t x86_landing_length(const uint8_t *code, uint64_t size);
extern const struct written_place x86_written_places[];

bool x86_beside(struct beside *beside);
bool x86_print_code(const uint8_t *code, uint64_t size, uint64_t at, uint64_t address,
		    char *(*name)(const void *ctx, uint64_t field, uint64_t to), const void *ctx,
		    char *text, size_t text_size);

bool x86_immediate_at(const struct section *sec, uint64_t offset, struct immediate *imm);
size_t x86_access_size(const struct section *sec, const struct rela *rela);
enum address_use x86_address_use(const struct section *sec, const struct rela *rela);
struct insn;
bool x86_read_insn(const struct section *sec, uint64_t at, struct insn *insn);
bool x86_print_insn(const struct object *obj, const struct section *sec, uint64_t at, char *text,
		    size_t size);

bool x86_list_accesses(const struct object *obj, const struct section *sec, uint64_t **accesses,
		       size_t *nr);

const struct rela *x86_gets_argument(const struct section *sec, const struct immediate *imm,
				     unsigned int nr);

#endif /* X86_H */
