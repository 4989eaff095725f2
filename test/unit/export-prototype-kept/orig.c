// SPDX-License-Identifier: GPL-2.0-only
#include "export.h"

struct handle {
	int type;
};

noinline int own(struct handle *handle, int value);
noinline int own(struct handle *handle, int value)
{
	return internal(handle->type) + value;
}

int show(struct handle *handle, int value);
int show(struct handle *handle, int value)
{
	return own(handle, value + 1);
}

EXPORT(show);
