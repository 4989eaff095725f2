/* SPDX-License-Identifier: GPL-2.0-only */
/* The unlikely part jumps to itself, by a relocation. */
	.section .text.show, "ax", @progbits
	.globl show
	.type show, @function
show:
	call __fentry__
	mov $1, %eax
	call helper
	.size show, . - show

	.section .text.helper, "ax", @progbits
	.globl helper
	.type helper, @function
helper:
	jmp helper.cold
	.size helper, . - helper

	.section .text.unlikely.helper, "ax", @progbits
	.type helper.cold, @function
helper.cold:
	.byte 0xe9
	.reloc ., R_X86_64_PLT32, helper.cold - 4
	.long 0
	.size helper.cold, . - helper.cold

	.section .note.GNU-stack, "", @progbits
