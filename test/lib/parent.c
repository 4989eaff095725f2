// SPDX-License-Identifier: GPL-2.0-only
/*
 * What every unit case's vmlinux has beside the case's own code: what gcc calls
 * by itself, and what a small case likes to call.
 */
/* The start of the text, as the linker script of the kernel has it. */
asm(".globl _text\n_text:");

void __fentry__(void);
void __fentry__(void)
{
}

void __x86_return_thunk(void);
void __x86_return_thunk(void)
{
}

int _printk(const char *fmt, ...);
int _printk(const char *fmt, ...)
{
	return !!fmt;
}

/* Not exported: reaching it from a patch module takes a livepatch relocation. */
int internal(int value);
int internal(int value)
{
	return value + 1;
}
