// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct handle {
	char *name;
	int type;
	int *credits;
};

int show(struct handle *handle);
int show(struct handle *handle)
{
	return internal(handle->type);
}
