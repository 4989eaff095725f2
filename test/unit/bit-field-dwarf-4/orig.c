// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct handle {
	unsigned int type : 4;
	unsigned int credits : 4;
	unsigned int rest : 20;
};

int show(struct handle *handle);
int show(struct handle *handle)
{
	return internal(handle->credits);
}
