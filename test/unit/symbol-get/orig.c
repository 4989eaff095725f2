// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

/* symbol_get() of linux/module.h, Linux 7.2: a note for modpost, at each place of use */
#define symbol_get(name)                                                                 \
	({                                                                               \
		static const char __used __attribute__((__section__(".no_trim_symbol"))) \
		__notrim[] = #name;                                                      \
		internal(sizeof(#name));                                                 \
	})

int show(int value);
int show(int value)
{
	if (value)
		return symbol_get(one_symbol);
	return symbol_get(another_symbol) + 1;
}
