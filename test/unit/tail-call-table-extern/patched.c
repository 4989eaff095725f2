// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct ops {
	int (*open)(int, int);
};
extern const struct ops other_file_ops;

int show(int value, int which);
int show(int value, int which)
{
	return other_file_ops.open(value, which);
}
