// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

/* TRACEPOINT_CHECK() of linux/tracepoint.h, Linux 7.2 */
static inline __attribute__((__always_inline__)) void trace_event(void)
{
	static const char __used __attribute__((__section__("__tracepoint_check")))
	__trace_check_event[] = "event";

	asm volatile("nop");
}

static noinline int step(int value)
{
	trace_event();
	return internal(value) + 1;
}

int show(int value);
int show(int value)
{
	trace_event();
	return step(value) + 1;
}
