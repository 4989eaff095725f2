// SPDX-License-Identifier: GPL-2.0-only
#include "export.h"

struct handle {
	int type;
};

noinline int own(struct handle *handle, long value);
noinline int own(struct handle *handle, long value)
{
	return internal(handle->type) + value;
}

int show(struct handle *h, const int n);
int show(struct handle *h, const int n)
{
	return own(h, n + 2L);
}

EXPORT(show);
