/* SPDX-License-Identifier: GPL-2.0-only */
/* A function that reads what stands behind its end. */
	.section .text.one, "ax", @progbits
	.globl one
	.type one, @function
one:
	call __fentry__
	ret
	.size one, . - one

	.section .text.two, "ax", @progbits
	.globl two
	.type two, @function
two:
	call __fentry__
	ret
	.size two, . - two

	.section .text.show, "ax", @progbits
	.globl show
	.type show, @function
show:
	call __fentry__
	mov 1f(%rip), %rdx
	mov $1, %eax
	ret
	.size show, . - show
1:
	.quad one, two

	.section .note.GNU-stack, "", @progbits
