// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int far_end(int value);
noinline int __attribute__((__section__(".exit.text"))) far_end(int value)
{
	return internal(value) + 2;
}
