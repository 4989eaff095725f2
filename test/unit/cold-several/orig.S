/* SPDX-License-Identifier: GPL-2.0-only */
/* LLVM's pass that splits functions numbers the unlikely parts of one. */
	.file "case.c"
	.section .text.show, "ax", @progbits
	.globl show
	.type show, @function
show:
	call __fentry__
	test %edi, %edi
	js show.cold.1
	jz show.cold.2
	ret
	.size show, . - show

	.section .text.unlikely.show, "ax", @progbits
	.type show.cold.1, @function
show.cold.1:
	mov $1, %eax
	ret
	.size show.cold.1, . - show.cold.1

	.section .text.unlikely.show.2, "ax", @progbits
	.type show.cold.2, @function
show.cold.2:
	mov $3, %eax
	ret
	.size show.cold.2, . - show.cold.2

	.section .note.GNU-stack, "", @progbits
