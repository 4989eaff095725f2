// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int value);
int show(int value)
{
	return value + 1;
}

int other(int value);
int other(int value)
{
	return value + 4;
}

/* KPATCH_IGNORE_FUNCTION(), kmod/patch/kpatch-macros.h */
static const void *const ignored __used
	__attribute__((__section__(".kpatch.ignore.functions"))) = other;
