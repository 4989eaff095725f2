// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int allowed(int value);
int allowed(int value)
{
	return internal(value) + 1;
}

notrace int show(int value);
notrace int show(int value)
{
	return allowed(value) * 5;
}
