// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct before;

void *show(struct before *(*list)[8], int at);
void *show(struct before *(*list)[8], int at)
{
	return (*list)[at];
}
