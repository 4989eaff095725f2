// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct pair {
	int low;
	int high;
	int more;
};

/* LLVM's pass that splits functions numbers the unlikely parts of one. */
#define part(number) __asm__("split.cold." #number)

static noinline notrace int first(const int *value) part(1);
static noinline notrace int second(const int *value) part(2);

static int first(const int *value)
{
	return internal(value[5]);
}

static int second(const int *value)
{
	return internal(value[3]);
}

int split(int *value);
int split(int *value)
{
	struct pair pair;

	pair.low = internal(*value) ? first(value) : 0;
	pair.high = internal(pair.low) ? second(value) : 0;
	pair.more = internal(pair.high);
	return internal(pair.low ^ pair.high ^ pair.more);
}
