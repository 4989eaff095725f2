// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int wide(const unsigned short *text);

int other(void);
int other(void)
{
	return wide(L"other");
}

int show(void);
int show(void)
{
	return wide(L"show");
}
