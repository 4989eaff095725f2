// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

void schedule(void);

int worker_thread(void *worker);
int worker_thread(void *worker)
{
	while (internal(2))
		schedule();
	return 0;
}

int worker_thread_of(void *worker);
int worker_thread_of(void *worker)
{
	return internal(4);
}
