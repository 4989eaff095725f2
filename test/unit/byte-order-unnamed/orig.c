// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
typedef unsigned short u16_;
typedef unsigned short __le16;

static struct {
	u16_ a;
	int b;
} state;
struct {
	u16_ a;
	int b;
} states[3];
int f(int v);
int f(int v)
{
	return internal(state.b++ + states[v].a++ + 1);
}
