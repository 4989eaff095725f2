// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static const char *name = "old";

int show(const char *other);
int show(const char *other)
{
	const char *last = name;

	name = other;
	return printk(last);
}
