/* SPDX-License-Identifier: GPL-2.0-only */
/* Each function starts where the other one's unlikely part is said to be. */
.macro function name part number
	.section .text.\name, "ax", @progbits
	.globl \name
	.type \name, @function
	.type \part, @function
\name:
\part:
	call __fentry__
	.size \name, . - \name
	mov $\number, %eax
	ret
	.size \part, . - \part
.endm

function show, other.cold, 9
function other, show.cold, 2

.section .note.GNU-stack, "", @progbits
