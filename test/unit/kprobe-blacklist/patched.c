// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int value);

#define NOKPROBE_SYMBOL(function)                                                 \
	static const u64 __used __attribute__((__section__("_kprobe_blacklist"))) \
	_kbl_##function = (u64)function

int show(int value)
{
	return value + 2;
}
NOKPROBE_SYMBOL(show);

int other(int value);
int other(int value)
{
	return value + 3;
}
NOKPROBE_SYMBOL(other);
