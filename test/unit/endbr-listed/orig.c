// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

void (*handler)(int);
void (*handler)(int);

void work(int value);
noinline void work(int value)
{
	internal(value);
}

int start(int value);
int start(int value)
{
	work(value);
	return value;
}
static const u64 __used __attribute__((__section__("_error_injection_whitelist")))
_ei_work = (u64)work;
