// SPDX-License-Identifier: GPL-2.0-only
/* Indirect thunks, by their names. */
#include <string.h>

#include "lib/thunk-register.h"

int thunk_register(const char *name)
{
	static const char start[] = "__x86_indirect_";
	static const char *const registers[] = { "rax", "rcx", "rdx", "rbx", "rsp", "rbp",
						 "rsi", "rdi", "r8",  "r9",  "r10", "r11",
						 "r12", "r13", "r14", "r15" };
	const char *end = strrchr(name, '_');

	if (strncmp(name, start, strlen(start)) != 0)
		return -1;
	/* all of them, at the place of the first */
	if (strcmp(end, "_array") == 0)
		return 0;
	for (int i = 0; i < 16; i++)
		if (strcmp(end + 1, registers[i]) == 0)
			return i;
	return -1;
}
