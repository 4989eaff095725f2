// SPDX-License-Identifier: GPL-2.0-only
#include "export.h"

int show(int value);
int show(int value)
{
	return value + 1;
}

EXPORT_NS(show, "", "DRIVERS");

int other(int value);
int other(int value)
{
	return value + 2;
}

EXPORT(other);
