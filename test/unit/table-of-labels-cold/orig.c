// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

void bad(int code) __attribute__((__cold__));

int run(const unsigned char *code, int value);
int run(const unsigned char *code, int value)
{
	static const void *const labels[] = { &&done, &&add, &&print, &&wrong };

	goto *labels[*code & 3];
add:
	value += 3;
	goto *labels[*++code & 3];
print:
	printk("%d\n", value);
	goto *labels[*++code & 3];
wrong:
	bad(*code);
	return -1;
done:
	return value;
}
