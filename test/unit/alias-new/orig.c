// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
int internal(int);
int fa(int x)
{
	return internal(x) + 1;
}
int fb(int x)
{
	return internal(x) + 7;
}
int fc(int x)
{
	return internal(x) + 9;
}
