// SPDX-License-Identifier: GPL-2.0-only
/* Tasks in the way of patches. */
#include <stdlib.h>
#include <string.h>

#include "kpatch/blockers.h"
#include "kpatch/cleanup.h"
#include "kpatch/files.h"
#include "kpatch/message.h"
#include "kpatch/task.h"

#define SHOWN_TASKS 20

void blockers_add(struct blockers *blockers, const char *pid, const char *command,
		  const char *function, char *place)
{
	struct blocker *items = reallocarray(blockers->items, blockers->count + 1, sizeof(*items));
	struct blocker blocker = {
		.pid = strdup(pid),
		.command = printable_copy(command),
		.function = function ? strdup(function) : NULL,
		.place = place,
	};

	if (!items || !blocker.pid || (function && !blocker.function))
		out_of_memory();
	blockers->items = items;
	blockers->items[blockers->count++] = blocker;
}

void blockers_free(struct blockers *blockers)
{
	for (size_t i = 0; i < blockers->count; i++) {
		free(blockers->items[i].pid);
		free(blockers->items[i].command);
		free(blockers->items[i].function);
		free(blockers->items[i].place);
	}
	free(blockers->items);
	*blockers = (struct blockers){ 0 };
}

static bool any_thread_in_function(const struct blockers *blockers)
{
	for (size_t i = 0; i < blockers->count; i++)
		if (blockers->items[i].function &&
		    task_read(blockers->items[i].pid).flags & PF_KTHREAD)
			return true;
	return false;
}

void blockers_show(const struct blockers *blockers)
{
	for (size_t i = 0; i < blockers->count && i < SHOWN_TASKS; i++) {
		const struct blocker *blocker = &blockers->items[i];

		note("  blocked by pid %s (%s): %s", blocker->pid, blocker->command,
		     blocker->place);
	}
	if (blockers->count > SHOWN_TASKS)
		note("  and %zu more tasks", blockers->count - SHOWN_TASKS);
	if (any_thread_in_function(blockers))
		note("  a kernel thread may be in a loop that it never leaves: then no time is "
		     "enough, and the patch has to leave that function as it is");
}

void blockers_tell(const struct blockers *blockers, const char *what)
{
	for (size_t i = 0; i < blockers->count && i < SHOWN_TASKS; i++) {
		const struct blocker *blocker = &blockers->items[i];

		tell("  pid %s (%s) %s %s: %s", blocker->pid, blocker->command,
		     blocker->function ? "still runs" : "may still run", what, blocker->place);
	}
	if (blockers->count > SHOWN_TASKS)
		tell("  and %zu more tasks", blockers->count - SHOWN_TASKS);
}
