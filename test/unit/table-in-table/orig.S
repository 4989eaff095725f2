/* SPDX-License-Identifier: GPL-2.0-only */
/* Two entries that belong to each other, by their first fields. */
	.section .text.show, "ax", @progbits
	.globl show
	.type show, @function
show:
	call __fentry__
	mov $1, %eax
	ret
	.size show, . - show

	.section __bug_table, "aw", @progbits
first:
	.long second - ., 0, 0
	.reloc first, R_X86_64_PC32, second
second:
	.long 0, show - ., 0
	.reloc second, R_X86_64_PC32, first

	.section .note.GNU-stack, "", @progbits
