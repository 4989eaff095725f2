// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#define MODINFO(name, text)                                                               \
	static const char __used __attribute__((__section__(".modinfo"), __aligned__(1))) \
	name[] = text

MODINFO(__UNIQUE_ID_alias201, "alias=one");
MODINFO(__UNIQUE_ID_description203, "description=old");

int show(int value);
int show(int value)
{
	return value + 1;
}
