// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static const char __UNIQUE_ID_author2[] __used __attribute__((__section__(".modinfo"))) = "author="
											  "Somebody"
											  " Longnam"
											  "e";
static const char __UNIQUE_ID_author3[] __used __attribute__((__section__(".modinfo"))) = "author="
											  "Else";

int show(int value);
int show(int value)
{
	return internal(value) + 2;
}
