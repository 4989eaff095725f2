// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int limit = 20;

int show(int value);
int show(int value)
{
	return value + 2;
}

/* KPATCH_IGNORE_SECTION(), kmod/patch/kpatch-macros.h */
static const char *const ignored __used
	__attribute__((__section__(".kpatch.ignore.sections"))) = ".data.limit";
