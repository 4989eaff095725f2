/* SPDX-License-Identifier: GPL-2.0-only */
/* Parts of the functions of arch.h for x86-64 that have a file of their own. */
#ifndef X86_H
#define X86_H

#include "arch.h"

bool x86_beside(struct beside *beside);
bool x86_print_code(const uint8_t *code, uint64_t size, uint64_t at, uint64_t address,
		    char *(*name)(const void *ctx, uint64_t field, uint64_t to), const void *ctx,
		    char *text, size_t text_size);

bool x86_immediate_at(const struct section *sec, uint64_t offset, struct immediate *imm);
bool x86_accesses(const struct section *sec, const struct rela *rela);
struct insn;
bool x86_read_insn(const struct section *sec, uint64_t at, struct insn *insn);
bool x86_print_insn(const struct object *obj, const struct section *sec, uint64_t at, char *text,
		    size_t size);

bool x86_list_accesses(const struct object *obj, const struct section *sec, uint64_t **accesses,
		       size_t *nr);

const struct rela *x86_gets_argument(const struct section *sec, const struct immediate *imm,
				     unsigned int nr);

#endif /* X86_H */
