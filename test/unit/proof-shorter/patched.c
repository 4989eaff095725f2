// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#ifdef SHIPPED
#define MORE "\t.byte 0x0f, 0xae, 0xe8\n"
#else
#define MORE
#endif

void show(int value);
void show(int value)
{
	internal(value + 2);
	asm volatile("jmp __x86_return_thunk\n\tint3\n" MORE);
	__builtin_unreachable();
}
