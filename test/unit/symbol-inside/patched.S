/* SPDX-License-Identifier: GPL-2.0-only */
	.text
	.globl show
	.type show, @function
show:
	call __fentry__
	mov $2, %eax
	test %edi, %edi
	jz inner
	inc %eax
	.globl inner
	.type inner, @function
inner:
	jmp __x86_return_thunk
	.size inner, . - inner
	.size show, . - show

	.type other, @function
other:
	call __fentry__
	jmp __x86_return_thunk
	.size other, . - other

	.section __mcount_loc, "a"
	.quad show
	.quad other
