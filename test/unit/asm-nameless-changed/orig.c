// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

/* Code without a function's symbol. */
asm(".pushsection .text\n"
    ""
    "	mov $1, %eax\n"
    "	ret\n"
    ".popsection");
