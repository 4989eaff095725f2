// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

void (*handler)(int);
void (*handler)(int);

int start(int value);
int start(int value)
{
	internal(value);
	return value;
}
