// SPDX-License-Identifier: GPL-2.0-only
#include "export.h"

int show(int value);
int show(int value)
{
	return value + 1;
}

EXPORT(show);
EXPORT_CRC(show, "0x11223344");
