// SPDX-License-Identifier: GPL-2.0-only
/* A line more. */
#include "kernel.h"

typedef int (*tell_t)(int value, const char *file, int line);

/* what the kernel's build makes of the file's name */
#define FILE_NAME "fs/folder/" __FILE__

int corrupt(int value, tell_t tell);
int corrupt(int value, tell_t tell)
{
	if (value)
		return tell(value,
			    FILE_NAME, __LINE__) + 1;

	return internal(value);
}

int keeps_file(int value, tell_t tell);
int keeps_file(int value, tell_t tell)
{
	if (value)
		return tell(value, "file",
			    __LINE__) + 1;

	return internal(value);
}
