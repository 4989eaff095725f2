// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int far_setup(int value);
extern int far_limit;

int show(int value);
int show(int value)
{
	return far_setup(value) + 1;
}

int told(int value);
int told(int value)
{
	return value + far_limit;
}
