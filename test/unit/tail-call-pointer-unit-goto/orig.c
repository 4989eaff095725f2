// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(const unsigned char *p);
int show(const unsigned char *p)
{
	static const void *const table[] = { &&a, &&b, &&c };
	int n = 0;

	goto *table[*p];
a:
	n += internal(3);
	p++;
	goto *table[*p];
b:
	n -= internal(5);
	p++;
	goto *table[*p];
c:
	return n;
}
