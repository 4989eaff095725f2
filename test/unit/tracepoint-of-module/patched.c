// SPDX-License-Identifier: GPL-2.0-only
#include "tables.h"

struct tracepoint {
	const char *name;
	struct static_key key;
};

extern struct tracepoint __tracepoint_seen;
int __SCT__tp_func_seen(int value);

int show(int value);
int show(int value)
{
	if (static_branch(&__tracepoint_seen.key))
		__SCT__tp_func_seen(value);
	return value + 2;
}
