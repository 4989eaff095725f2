// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
struct state {
	u64 a, b, c;
};
static noinline int sum(int value)
{
	static struct state _rs = { 1, 2, 3 };

	_rs.a += value;
	return internal(_rs.a);
}
int show(int value);
int show(int value)
{
	return sum(value) + 1;
}
