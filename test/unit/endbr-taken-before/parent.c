// SPDX-License-Identifier: GPL-2.0-only
asm(".text\n.globl returned_to\n.type returned_to, @function\nreturned_to:\n\tret\n.size "
    "returned_to, . - returned_to");
