/* SPDX-License-Identifier: GPL-2.0-only */
/* A diff object that needs all that create-patch-module can do; the macros are records.inc. */
	function changed
	call exported
	call elsewhere
	mov hidden(%rip), %rax
	jmp other
	end changed
	function after
	ret
	end after
	replace changed, changed, vmlinux
	bind hidden, hidden, vmlinux, vmlinux, 2
	bind other, other, vmlinux, vmlinux
	callback post_patch, after, vmlinux
	.section .altinstructions, "a", @progbits
	.long changed - ., after - .
	.word 1
	.byte 1, 1
	.section .note.GNU-stack,"",@progbits
