// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#define EVENT(name, number)                      \
	notrace int name(int value);             \
	notrace int name(int value)              \
	{                                        \
		return internal(value) * number; \
	}

# 1 "part.h" 1
/* the first code of the unit */

EVENT(event, 3)
# 15 "case.c" 2

int show(int value);
int show(int value)
{
	return event(value) + event(-value);
}
