/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The few kernel idioms that unit cases need, in the shape that they have in a
 * built kernel object (include/linux/init.h, arch/x86/include/asm/bug.h, 6.1).
 */
#ifndef UNIT_KERNEL_H
#define UNIT_KERNEL_H

#define noinline    __attribute__((__noinline__))
#define __used	    __attribute__((__used__))
#define notrace	    __attribute__((__no_instrument_function__))
#define __init	    __attribute__((__section__(".init.text"), __cold__)) notrace
#define __ref	    __attribute__((__section__(".ref.text"))) noinline
#define __initdata  __attribute__((__section__(".init.data")))
#define unlikely(x) __builtin_expect(!!(x), 0)

#define NULL ((void *)0)

typedef _Bool bool;
typedef unsigned int u32;
typedef unsigned long u64;

/* Provided by every case's parent; internal() is not exported. */
int _printk(const char *fmt, ...) __attribute__((__format__(__printf__, 1, 2)));
int internal(int value);

#define printk(fmt, ...) _printk(fmt, ##__VA_ARGS__)

#define BUG_ENTRY(flags)                                          \
	asm volatile("1:\t.byte 0x0f, 0x0b\n"                     \
		     ".pushsection __bug_table,\"aw\"\n"          \
		     "2:\t.long 1b - .\n\t.long %c0 - .\n"        \
		     "\t.word %c1\n\t.word %c2\n\t.org 2b + 12\n" \
		     ".popsection\n"                              \
		     :                                            \
		     : "i"(__FILE__), "i"(__LINE__), "i"(flags))

#define WARN_ON(condition)            \
	do {                          \
		if (condition)        \
			BUG_ENTRY(1); \
	} while (0)

#endif /* UNIT_KERNEL_H */
