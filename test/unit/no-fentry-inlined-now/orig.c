// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

noinline int allowed(int value);
noinline int allowed(int value)
{
	return internal(value) + 1;
}

notrace int show(int value);
notrace int show(int value)
{
	return allowed(value) * 5;
}
