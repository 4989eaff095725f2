/* SPDX-License-Identifier: GPL-2.0-only */
.file "case.c"
.local count.2
.comm count.2, 4
.macro function name value
.section .text.\name, "ax", @progbits
.local __pfx_\name, __cfi_\name
.type __pfx_\name, @function
.type __cfi_\name, @function
__cfi_\name:
	movl $0x12345678, %eax
.size __cfi_\name, . - __cfi_\name
__pfx_\name:
	.fill 11, 1, 0x90
.size __pfx_\name, . - __pfx_\name
.globl \name
.type \name, @function
\name:
	call __fentry__
	movl count.2(%rip), %eax
	addl $\value, %eax
	jmp __x86_return_thunk
.size \name, . - \name
.endm

function show 2
function other 3
