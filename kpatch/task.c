// SPDX-License-Identifier: GPL-2.0-only
/* One task of the running system. */
#include <stdio.h>
#include <string.h>

#include "kpatch/cleanup.h"
#include "kpatch/files.h"
#include "kpatch/task.h"

/* The fields are behind the command, which can hold anything. */
struct task task_read(const char *pid)
{
	_cleanup_free_ char *stat = read_line("/proc/%s/stat", pid);
	const char *end = stat ? strrchr(stat, ')') : NULL;
	struct task task = { 0 };

	if (end)
		sscanf(end + 1, " %c %*d %*d %*d %*d %*d %u", &task.state, &task.flags);
	return task;
}
