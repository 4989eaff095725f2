// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
typedef unsigned short u16_;
typedef unsigned short __le16;

typedef struct {
	__le16 a;
	int b;
} inner_t;
struct outer {
	inner_t i;
	inner_t *p;
};
int f(struct outer *o);
int f(struct outer *o)
{
	return internal(o->i.b + 2);
}
int h(inner_t v);
int h(inner_t v)
{
	return v.b;
}
