// SPDX-License-Identifier: GPL-2.0-only
/* A line more. */
#include "tables.h"

/* linux/dynamic_debug.h, Linux 6.1 */
struct _ddebug {
	const char *modname, *function, *filename, *format;
	unsigned int lineno : 18;
	unsigned int class_id : 6;
	unsigned int flags : 8;
	struct static_key key;
} __attribute__((__aligned__(8)));

#define DESCRIPTOR(name, text, bits)                                            \
	static struct _ddebug __attribute__((__section__("__dyndbg"))) name = { \
		.modname = "case",                                              \
		.function = __func__,                                           \
		.filename = __FILE__,                                           \
		.format = text,                                                 \
		.lineno = __LINE__,                                             \
		.flags = bits,                                                  \
	}

int dynamic_pr(struct _ddebug *descriptor, const char *text);

#define pr_debug(text)                                              \
	do {                                                        \
		DESCRIPTOR(descriptor, text, 0);                    \
		if (static_branch(&descriptor.key))                 \
			dynamic_pr(&descriptor, descriptor.format); \
	} while (0)

/* the descriptor is known to the jump table only */
#define debug_branch(text)                           \
	do {                                         \
		DESCRIPTOR(descriptor, text, FLAGS); \
		if (static_branch(&descriptor.key))  \
			printk(text);                \
	} while (0)

#define FLAGS 1

int direct(int value);
int direct(int value)
{
	pr_debug("direct");
	return value + 1;
}

int branch(int value);
int branch(int value)
{
	debug_branch("branch\n");
	return value + 1;
}
