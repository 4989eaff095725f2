/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BENCH_TARGET_H
#define BENCH_TARGET_H

/* The one function of the generated module that others call. */
unsigned long bench_target_0(unsigned long x);

#endif /* BENCH_TARGET_H */
