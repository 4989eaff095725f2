// SPDX-License-Identifier: GPL-2.0-only
/* a line more */
#include "kernel.h"

/* asm-generic/bug.h, Linux 6.1 */
void warn_slowpath_fmt(const char *file, const int line, unsigned int taint, const char *fmt, ...);

int show(int value);
int show(int value)
{
	warn_slowpath_fmt(__FILE__, __LINE__, 9, "value %d\n", value);
	return internal(0x44);
}
