// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

long show(long value);
long show(long value)
{
	long found;

	asm(".byte 0xb8\n\t.long internal" : "=a"(found));
	return found + value + 1;
}
