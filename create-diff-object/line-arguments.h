/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LINE_ARGUMENTS_H
#define LINE_ARGUMENTS_H

#include "arch/arch.h"

/*
 * is_line_argument - whether code passes the immediate to a function of the kernel which is
 * known to take a line number there
 *
 * For objects without debug information only: see line-numbers.c.
 */
bool is_line_argument(const struct object *obj, const struct section *sec,
		      const struct immediate *imm);

#endif /* LINE_ARGUMENTS_H */
