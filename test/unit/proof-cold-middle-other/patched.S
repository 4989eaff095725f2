/* SPDX-License-Identifier: GPL-2.0-only */
/* The jump leads behind the first instruction of the unlikely part. */
	.section .text.show, "ax", @progbits
	.globl show
	.type show, @function
show:
1:	call __fentry__
	cmp $70000, %edi
	jg .Lbehind
	mov $2, %eax
	jmp __x86_return_thunk
	.size show, . - show
	.section __mcount_loc, "a", @progbits
	.quad 1b

	.section .text.unlikely.show, "ax", @progbits
	.type show.cold, @function
show.cold:
	mov $5, %esi
.Lbehind:
	mov $6, %edi
	call internal
	jmp __x86_return_thunk
	.size show.cold, . - show.cold

	.section .note.GNU-stack, "", @progbits
