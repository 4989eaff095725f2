// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#define __exit __attribute__((__section__(".exit.text"), __cold__)) notrace

static inline int scaled(int value)
{
	return internal(value) * 7;
}

int __exit setup(int value);
int __exit setup(int value)
{
	return scaled(value);
}

int show(int value);
int show(int value)
{
	return scaled(value) + 1;
}
