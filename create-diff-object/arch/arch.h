/* SPDX-License-Identifier: GPL-2.0-only */
/* What the passes ask about the machine's code and relocations. */
#ifndef ARCH_H
#define ARCH_H

#include "create-diff-object/object.h"

struct arch {
	/* Whether the relocation type is known, and its name for messages. */
	bool (*known_rela)(uint32_t type);
	/* Whether it counts from the place of the relocated field. */
	bool (*is_pcrel)(uint32_t type);
	/* Whether it relocates the target of a call or a jump. */
	bool (*is_branch)(const struct section *sec, const struct rela *rela);
	/*
	 * decode_section - read the instructions of code before it is split
	 *
	 * Sets the bias of each pc-relative relocation, and adds relocations for
	 * branches that the assembler resolved although they leave the function:
	 * @leaves(@ctx, from, to) tells for two offsets. Returns false when an
	 * instruction is unknown, with the place in *@where.
	 */
	bool (*decode_section)(struct object *obj, struct section *sec,
			       bool (*leaves)(const void *ctx, uint64_t from, uint64_t to),
			       const void *ctx, uint64_t *where);
	/* Whether the function starts with the tracer's call, which ftrace needs. */
	bool (*has_fentry)(const struct object *obj, const struct section *sec);
	/* Relocation that stores an address of 64 bits. */
	uint32_t rela_abs64;
};

extern const struct arch arch_x86_64;

#endif /* ARCH_H */
