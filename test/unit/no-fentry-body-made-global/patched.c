// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int body(int value);
noinline notrace int body(int value)
{
	return internal(value) * 5 + value;
}

int show(int value);
int show(int value)
{
	return body(value) + 1;
}
