/* SPDX-License-Identifier: GPL-2.0-only */
/* Two entries of the bug table, of which one is handed over. */
	.section .text.show, "ax", @progbits
	.globl show
	.type show, @function
show:
	call __fentry__
	leaq first(%rip), %rax
1:	ret
	.size show, . - show

	.section __bug_table, "aw", @progbits
first:
	.long 1b - ., 0, 0, 0
second:
	.long 1b - ., 0, 0, 0

	.section .note.GNU-stack, "", @progbits
