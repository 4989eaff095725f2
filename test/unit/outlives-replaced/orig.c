// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct operations {
	int (*open)(int);
	int (*close)(int);
};

struct file {
	const struct operations *operations;
	int (*filter)(int);
};

int show(int value);

int begin(struct file *file, int value);
int begin(struct file *file, int value)
{
	internal(value);
	return value;
}

int show(int value)
{
	return internal(value) + 1;
}
