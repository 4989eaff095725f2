// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

# 1 "part.h" 1
static inline unsigned long most(void)
{
	return 0x7ffe;
}
# 9 "case.c" 2

int __init setup(void);
int __init setup(void)
{
	return internal((int)(most() + 1));
}

int show(unsigned long value);
int show(unsigned long value)
{
	return value > most() ? internal(1) : internal(2);
}
