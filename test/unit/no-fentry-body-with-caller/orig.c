// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

static noinline notrace int body(int value)
{
	return internal(value) * 5 + 1;
}

int show(int value);
int show(int value)
{
	return body(value + 1);
}
