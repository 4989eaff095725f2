// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
typedef struct {
	int a;
	int n;
	int b;
} foo_t;
struct bar {
	int a;
	int b;
};
int f(foo_t *x)
{
	return internal(x->b);
}
int g(foo_t *x)
{
	return internal(x->a);
}
