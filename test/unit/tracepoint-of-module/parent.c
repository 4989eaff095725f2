// SPDX-License-Identifier: GPL-2.0-only
#include "tables.h"

struct tracepoint {
	const char *name;
	struct static_key key;
};

struct tracepoint __tracepoint_seen;

int __SCT__tp_func_seen(int value);
int __SCT__tp_func_seen(int value)
{
	return value;
}
