// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int far_setup(int value);
int show(int value);
int show(int value)
{
	return far_setup(value) + 1;
}
int __ref tell(int value);
int __ref tell(int value)
{
	return internal(value) ? 4 : far_setup(value);
}

int __ref sho(int value);
int __ref sho(int value)
{
	return internal(value) ? 3 : far_setup(value);
}
