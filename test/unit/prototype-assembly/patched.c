// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline __attribute__((used)) int value_of(long value)
{
	return internal(value) + 2;
}

/* PV_CALLEE_SAVE_REGS_THUNK() of asm/paravirt.h, Linux 6.1 */
asm(".pushsection .text, \"ax\"\n.type thunk, STT_FUNC\nthunk:\npush %rcx\ncall value_of\npop "
    "%rcx\nret\n"
    ".size thunk, .-thunk\n.popsection");

int other(long value);
int other(long value)
{
	return value_of(value) + 1;
}
