/* SPDX-License-Identifier: GPL-2.0-only */
/* What the passes behind prove() ask for: what is known of the original in the shipped kernel. */
#ifndef PROOF_H
#define PROOF_H

#include "object.h"
#include "shipped.h"

struct proof;

/*
 * proven_place - the address that a reference of the original has in the shipped kernel
 *
 * @rela is one of @sec. 0 where the code that it is in is not proven.
 */
uint64_t proven_place(const struct proof *proof, const struct section *sec,
		      const struct rela *rela);

/*
 * proven_symbol - the parent's symbol that @sym of the original is, by what proven code refers to
 *
 * NULL where nothing tells, or @proof is NULL.
 */
const struct shipped_symbol *proven_symbol(const struct proof *proof, const struct symbol *sym);

/* proof_shipped - the parent, as the proof has opened it. */
struct shipped *proof_shipped(const struct proof *proof);

/* is_proven - whether the function of section @index of the original is. */
bool is_proven(const struct proof *proof, uint32_t index);

/*
 * replaced_function - the section of the original that @sec of the patched object replaces, or 0
 *
 * Be it redirected itself, or by way of its callers.
 */
uint32_t replaced_function(const struct diff *diff, const struct section *sec);

/* each_replaced - tell of each replaced function whether it is proven, in the order of the object. */
void each_replaced(const struct diff *diff, void (*tell)(void *ctx, const char *name, bool proven),
		   void *ctx);

/*
 * check_proven - nothing goes out with a function that is replaced and not proven
 *
 * What is missing in the parent is refused by who looks for it, with a better reason. Where nobody
 * does, this adds a finding.
 */
void check_proven(struct diff *diff);

void free_proof(struct proof *proof);

#endif /* PROOF_H */
