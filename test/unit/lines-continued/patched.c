// SPDX-License-Identifier: GPL-2.0-only
/* A line more. */
#include "kernel.h"

typedef int (*tell_t)(int value, const char *file, int line);

/* what the kernel's build makes of the file's name */
#define FILE_NAME "fs/folder/" __FILE__

int corrupt(int value, tell_t tell);
int corrupt(int value, tell_t tell)
{
	int told;

	/* clang-format off */
	if (value) {
		told = tell(value,
			    FILE_NAME, __LINE__);

		return told + 1;
	}
	/* clang-format on */
	return internal(value);
}

int keeps_file(int value, tell_t tell);
int keeps_file(int value, tell_t tell)
{
	int told;

	/* clang-format off */
	if (value) {
		told = tell(value, "file",
			    __LINE__);

		return told + 1;
	}
	/* clang-format on */
	return internal(value);
}

/* code of its argument is on the first line, __LINE__ in it on the last one */
#define OUTER(x) internal(x)

int warns(int value);
int warns(int value)
{
	/* clang-format off */
	OUTER(value +
		 ({ WARN_ON(value); 1; }));
	/* clang-format on */
	return value + 1;
}
