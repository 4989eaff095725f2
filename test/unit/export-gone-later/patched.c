// SPDX-License-Identifier: GPL-2.0-only
#include "export.h"

int first(int value);
int first(int value)
{
	return value + 1;
}

int second(int value);
int second(int value)
{
	return value + 2;
}

EXPORT_LATER(second);

int third(int value);
int third(int value)
{
	return value + 4;
}

EXPORT_LATER(third);
