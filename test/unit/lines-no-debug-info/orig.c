// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

/* asm-generic/bug.h, Linux 6.1 */
void warn_slowpath_fmt(const char *file, const int line, unsigned int taint, const char *fmt, ...);

int warns(int value);
int warns(int value)
{
	WARN_ON(value);
	return value + 1;
}

int tells_line(int value);
int tells_line(int value)
{
	if (value)
		warn_slowpath_fmt(__FILE__, __LINE__, 9, "value %d\n", value);
	return value + 2;
}

int tells_taint(int value);
int tells_taint(int value)
{
	if (value)
		warn_slowpath_fmt(__FILE__, 7, 9, "value %d\n", value);
	return value + 3;
}

int passes_line(int value);
int passes_line(int value)
{
	return internal(__LINE__) + value;
}
