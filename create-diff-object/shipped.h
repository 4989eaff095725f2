/* SPDX-License-Identifier: GPL-2.0-only */
/* What references of the original reach in the shipped kernel. */
#ifndef SHIPPED_H
#define SHIPPED_H

#include "object.h"

struct shipped;

/* shipped_open - NULL where the parent is no vmlinux, or not there with its code. */
struct shipped *shipped_open(struct diff *diff);
void shipped_close(struct shipped *shipped);

/*
 * shipped_place - the address that a reference of the original has in the shipped kernel
 *
 * @rela is one of @sec, a function of the original or the unlikely part of one. The shipped
 * code of that function is read beside the rebuilt one, instruction for instruction, and
 * the address is what the same operand has there. Returns 0 where the function is not found,
 * or the code differs before the place.
 */
uint64_t shipped_place(struct shipped *shipped, const struct section *sec, const struct rela *rela);

/*
 * shipped_rodata - @size bytes of the shipped kernel's constants at @address
 *
 * NULL where that is not in a section .rodata, which stays where it is as long as the
 * kernel runs. Owned by the parent.
 */
const uint8_t *shipped_rodata(const struct shipped *shipped, uint64_t address, uint64_t size);

/* shipped_text - the address of _text, from which the places are counted. */
uint64_t shipped_text(const struct shipped *shipped);

#endif /* SHIPPED_H */
