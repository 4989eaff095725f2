// SPDX-License-Identifier: GPL-2.0-only
/* As arch/x86/entry/vdso is compiled: position independent, for user space, without a tracer. */
#include "kernel.h"

extern const int vdso_data[4] __attribute__((__visibility__("hidden")));

static noinline notrace int scaled(int value)
{
	return vdso_data[value] * 2;
}

notrace int __vdso_getnumber(int value);
notrace int __vdso_getnumber(int value)
{
	return scaled(value) + 1;
}

int getnumber(int value) __attribute__((__weak__, __alias__("__vdso_getnumber")));
