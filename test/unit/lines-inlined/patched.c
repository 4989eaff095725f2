// SPDX-License-Identifier: GPL-2.0-only
/* A line more. */
#include "kernel.h"

struct handle {
	int credits;
	int type;
};

static inline __attribute__((__always_inline__)) int start(struct handle *handle, int line,
							   int credits)
{
	if (handle->type)
		credits += handle->credits;
	handle->credits = credits;
	return printk("%d %d\n", line, credits);
}

static inline __attribute__((__always_inline__)) int start_all(struct handle *handle, int line)
{
	handle->type = 7;
	return start(handle + 1, line, 3);
}

int show(struct handle *handle);
int show(struct handle *handle)
{
	if (handle->type > 2)
		return start(handle, __LINE__, 9);
	return internal(handle->credits);
}

int show_all(struct handle *handle);
int show_all(struct handle *handle)
{
	if (handle->credits)
		return start_all(handle, __LINE__) + 1;
	return internal(handle->type);
}
