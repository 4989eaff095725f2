// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct row {
	const char *name;
	const char *object;
};

/* KPATCH_INACTIVE(), kmod/patch/kpatch-macros.h */
static const struct row kpatch_inactive_1 __used
	__attribute__((__section__(".kpatch.inactive"))) = { .name = "reader" };
static const struct row kpatch_inactive_2 __used
	__attribute__((__section__(".kpatch.inactive"))) = { .name = "another_reader" };

int show(int value);
int show(int value)
{
	return value + 2;
}
