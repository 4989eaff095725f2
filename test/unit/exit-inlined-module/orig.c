// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#define __exit __attribute__((__section__(".exit.text"), __cold__)) notrace

# 1 "part.h" 1
static inline int scaled(int value)
{
	return internal(value) * 3;
}
# 7 "case.c" 2

int __exit cleanup(int value);
int __exit cleanup(int value)
{
	return scaled(value);
}

int show(int value);
int show(int value)
{
	return scaled(value) + 1;
}
