/* SPDX-License-Identifier: GPL-2.0-only */
.file "case.c"
.section .text.show, "ax", @progbits
.type aaa, @function
.type zzz, @function
.globl show
.type show, @function
aaa:
show:
zzz:
	call __fentry__
	movl $1, %eax
	jmp __x86_return_thunk
.size aaa, . - aaa
.size show, . - show
.size zzz, . - zzz
