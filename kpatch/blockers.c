// SPDX-License-Identifier: GPL-2.0-only
/* Who blocks a transition: tasks whose patch state is not the wanted one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kpatch/blockers.h"
#include "kpatch/cleanup.h"
#include "kpatch/files.h"
#include "kpatch/livepatch.h"
#include "kpatch/message.h"

#define SHOWN_TASKS 20

struct search {
	const char *patch;
	struct functions functions;
	const char *wanted; /* as /proc/PID/patch_state has it */
	size_t found;
};

/*
 * A line of /proc/PID/stack is "[<0>] NAME+0xOFFSET/0xSIZE [MODULE]" (fs/proc/base.c,
 * proc_pid_stack()). Cut it down to NAME, and to MODULE or ""; false when it is no such line.
 */
static bool split_line(char *line, const char **name, const char **module)
{
	char *start = strchr(line, ' ');
	char *end = start ? strchr(start, '+') : NULL;
	char *tag = end ? strchr(end, '[') : NULL;

	if (!end)
		return false;
	*end = '\0';
	*name = start + 1;
	*module = "";
	if (tag) {
		tag[strcspn(tag, "]")] = '\0';
		*module = tag + 1;
	}
	return true;
}

/*
 * Where a task stands, in words for a user; the caller frees the string. What blocks is the old
 * function on the way to patched, and the new one, in the patch's module, on the way back.
 */
static char *task_place(const struct search *search, const char *stack_path)
{
	_cleanup_free_ char *stack = read_file(stack_path, NULL);
	const char *name, *module, *top = NULL;
	char *rest = stack, *line;

	if (!stack)
		return print_string("its stack cannot be read");
	while ((line = strsep(&rest, "\n"))) {
		if (!split_line(line, &name, &module))
			continue;
		if (strcmp(module, search->patch) == 0)
			return print_string("sleeps in %s of %s", name, module);
		if (functions_has(&search->functions, name))
			return print_string("sleeps in %s", name);
		if (!top)
			top = name;
	}
	if (!top)
		return print_string("running; it changes over at its next way out of the kernel");
	return print_string("in %s, in no function of the patch: the kernel has not changed it "
			    "over yet",
			    top);
}

static void check_task(struct search *search, const char *pid, const char *tid)
{
	_cleanup_free_ char *state = read_line("/proc/%s/task/%s/patch_state", pid, tid);
	_cleanup_free_ char *command = NULL, *path = NULL, *place = NULL;

	/* -1: not in a transition (any more); no state: the task has ended. */
	if (!state || strcmp(state, search->wanted) == 0 || strcmp(state, "-1") == 0)
		return;
	if (search->found++ >= SHOWN_TASKS)
		return;
	command = read_line("/proc/%s/task/%s/comm", pid, tid);
	path = print_string("/proc/%s/task/%s/stack", pid, tid);
	place = task_place(search, path);
	note("  blocked by pid %s (%s): %s", tid, command ? printable(command) : "?", place);
}

void blockers_show(const char *name, bool patched)
{
	_cleanup_(names_free) struct names processes = directory_names("/proc");
	struct search search = {
		.patch = name,
		.functions = livepatch_functions(name),
		.wanted = patched ? "1" : "0",
	};

	for (size_t i = 0; i < processes.count; i++) {
		const char *pid = processes.items[i];
		_cleanup_(names_free) struct names tasks = { 0 };

		if (pid[strspn(pid, "0123456789")] != '\0')
			continue;
		tasks = directory_names("/proc/%s/task", pid);
		for (size_t j = 0; j < tasks.count; j++)
			check_task(&search, pid, tasks.items[j]);
	}
	if (search.found > SHOWN_TASKS)
		note("  and %zu more tasks", search.found - SHOWN_TASKS);
	if (search.found == 0 && livepatch_in_transition(livepatch_state(name)))
		note("  blocked by no task in /proc: by the idle task of a processor, or by one of "
		     "another pid namespace");
	functions_free(&search.functions);
}
