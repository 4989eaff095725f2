// SPDX-License-Identifier: GPL-2.0-only
/* A line more. */
#include "kernel.h"

struct handle {
	int credits;
	int type;
};

static inline __attribute__((__always_inline__)) int start(struct handle *handle, int limit)
{
	if (handle->type)
		handle->credits += handle->type;
	return printk("%d %d\n", limit, handle->credits);
}

int show(struct handle *handle);
int show(struct handle *handle)
{
	if (handle->type > 2)
		return start(handle, 20);
	return internal(handle->credits);
}

int kept(struct handle *handle);
int kept(struct handle *handle)
{
	if (handle->type > 2)
		return start(handle, __LINE__);
	return internal(handle->credits);
}
