// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static const char __used __attribute__((__section__(".modinfo"))) alias[] = "alias=two";

int show(int value);
int show(int value)
{
	return value + 2;
}
