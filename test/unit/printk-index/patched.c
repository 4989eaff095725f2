// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct entry {
	const char *format, *function, *file;
	u32 line;
};

/* __printk_index_emit() of linux/printk.h */
#define PRINT(text, number)                                                                     \
	do {                                                                                    \
		static const struct entry _entry __used = { text, __func__, __FILE__, number }; \
		static const struct entry *_entry_ptr __used                                    \
			__attribute__((__section__(".printk_index"))) = &_entry;                \
		printk(text);                                                                   \
	} while (0)

int show(int value);
int show(int value)
{
	PRINT("first", 11);
	PRINT("second", 13);
	return value * internal(4);
}

int other(int value);
int other(int value)
{
	PRINT("third", 21);
	PRINT("fourth", 23);
	return value + 3;
}
