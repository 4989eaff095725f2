// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct kernel_param {
	const char *name;
	int *arg;
	unsigned short perm;
};

#define module_param(value, mode)                                        \
	static const struct kernel_param __param_##value __attribute__(( \
		__used__, __section__("__param"), __aligned__(8))) = { #value, &value, mode }

static int limit = 3;
static int depth = 5;
module_param(limit, 0644);
module_param(depth, 0444);

int show(int value);
int show(int value)
{
	return value > limit ? limit : depth;
}
