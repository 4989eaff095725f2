// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

void once(bool *done, u64 *key);

int show(int value);
int show(int value)
{
	static u64 ___once_key[2];
	static bool __attribute__((__section__(".data..do_once"))) ___done;

	if (!___done)
		once(&___done, ___once_key);
	return value * internal(4);
}
