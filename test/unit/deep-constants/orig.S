/* SPDX-License-Identifier: GPL-2.0-only */
/* Constants without a name, each of which leads to the next. */
.macro link from to
	.section .rodata.\from, "a", @progbits
	.reloc ., R_X86_64_64, .rodata.\to
	.quad 0
.endm
	.section .text.show, "ax", @progbits
	.globl show
	.type show, @function
show:
	call __fentry__
	mov $1, %eax
	.reloc .+4, R_X86_64_32S, .rodata.0
	mov 0, %rcx
	ret
	.size show, . - show
	.set n, 0
	.altmacro
	.rept 5000
	link %n, %(n+1)
	.set n, n + 1
	.endr
	.section .rodata.5000, "a", @progbits
	.quad 0
	.section .note.GNU-stack, "", @progbits
