// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

bool __do_once_start(void *done, void *flags);
bool __do_once_start(void *done, void *flags)
{
	return internal(1);
}

void __do_once_done(void *done, void *key, void *flags, void *module);
void __do_once_done(void *done, void *key, void *flags, void *module)
{
}
