// SPDX-License-Identifier: GPL-2.0-only
#include "tables.h"

int show(int value);
int show(int value)
{
	ALTERNATIVE("movl $0x90906690, %eax; nop; nop; nop", "movl $0x90906690, %eax; nop; nop");
	ALTERNATIVE("movl $0x90909066, %eax; jmp internal", "jmp internal");
	return value + 2;
}
