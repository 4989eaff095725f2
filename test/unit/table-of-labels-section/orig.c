// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#define JUMP_TABLE __attribute__((__section__(".rodata..c_jump_table,\"a\",@progbits #")))

int run(const unsigned char *code, int value);
int run(const unsigned char *code, int value)
{
	static const void *const labels[] JUMP_TABLE = { &&done, &&add, &&print };

	goto *labels[*code % 3];
add:
	value += 3;
	goto *labels[*++code % 3];
print:
	printk("%d\n", value);
	goto *labels[*++code % 3];
done:
	return value;
}
