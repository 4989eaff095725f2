// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct after;

void *show(struct after *(*list)[8], int at);
void *show(struct after *(*list)[8], int at)
{
	return (*list)[at];
}
