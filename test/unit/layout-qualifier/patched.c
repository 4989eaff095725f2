// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct handle {
	const char *name;
	const int type;
	int *volatile credits;
};

int show(struct handle *handle);
int show(struct handle *handle)
{
	return internal(handle->type) + 1;
}
