// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
#define __exit __attribute__((__section__(".exit.text"), __cold__)) notrace

# 1 "part.h" 1
static inline int scaled(int value)
{
	return internal(value) * 7;
}
# 10 "case.c" 2

noinline int show(int value);
noinline int show(int value)
{
	return scaled(value) + 1;
}

noinline int through(int value);
noinline int through(int value)
{
	return show(value) + 3;
}

int __exit cleanup(int value);
int __exit cleanup(int value)
{
	return through(scaled(value)) + 2;
}
