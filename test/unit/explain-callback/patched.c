// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct row {
	int (*function)(void *object);
	const char *object;
};

static int before(void *object)
{
	return printk("before %p\n", object);
}

/* KPATCH_PRE_PATCH_CALLBACK(), kmod/patch/kpatch-macros.h */
static const struct row kpatch_pre_patch_before __used
	__attribute__((__section__(".kpatch.callbacks.pre_patch"))) = { .function = before };

int show(int value);
int show(int value)
{
	return value + 2;
}
