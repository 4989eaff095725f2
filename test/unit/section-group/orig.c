// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

asm(".pushsection .text.helper,\"axG\",@progbits,helper,comdat\n.weak helper\n.type helper, "
    "@function\n"
    "helper:\n\tcall __fentry__\n\tmovl $1, %eax\n\tjmp __x86_return_thunk\n.size helper, . - "
    "helper\n.popsection");

int helper(void);
int show(void);
int show(void)
{
	return helper() + 1;
}
