// SPDX-License-Identifier: GPL-2.0-only
/* Which tasks stand where: patch states and stacks in /proc. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kpatch/blockers.h"
#include "kpatch/cleanup.h"
#include "kpatch/files.h"
#include "kpatch/livepatch.h"

struct search {
	const char *patch; /* NULL: tasks in the functions, whatever their patch state */
	const struct functions *functions;
	const char *wanted; /* as /proc/PID/patch_state has it */
	struct blockers found;
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

static bool replaces(const struct functions *functions, const char *name, const char *module)
{
	for (size_t i = 0; i < functions->count; i++) {
		const struct function *function = &functions->items[i];
		bool same_object = *module ? strcmp(function->object, module) == 0
					   : strcmp(function->object, "vmlinux") == 0;

		if (same_object && strcmp(function->name, name) == 0)
			return true;
	}
	return false;
}

/* How many functions of that name are in @module, or with "" in the kernel itself. */
static size_t count_symbols(const char *name, const char *module)
{
	/* "ADDRESS TYPE NAME" and, behind a tab, "[MODULE]". */
	_cleanup_free_ char *end = *module ? print_string("%s\t[%s]\n", name, module)
					   : print_string("%s\n", name);
	_cleanup_free_ char *text = read_file("/proc/kallsyms", NULL);
	size_t count = 0;

	for (const char *at = text; at && (at = strstr(at, end)); at++)
		if (at - text >= 2 && at[-1] == ' ' && strchr("tTwW", at[-2]))
			count++;
	return count;
}

/* A function of the patch on a stack; NULL when there is none. They point into the stack's text. */
struct match {
	const char *function;
	const char *module;
};

/*
 * Where a task stands, in words for a user; the caller frees the string. What blocks is the old
 * function on the way to patched, and the new one, in the patch's module, on the way back.
 */
static char *task_place(const struct search *search, char *stack, struct match *match)
{
	const char *name, *module, *top = NULL;
	char *rest = stack, *line;

	*match = (struct match){ 0 };
	if (!stack)
		return print_string("its stack cannot be read");
	while ((line = strsep(&rest, "\n"))) {
		if (!split_line(line, &name, &module))
			continue;
		if (!top)
			top = name;
		*match = (struct match){ name, module };
		if (search->patch && strcmp(module, search->patch) == 0)
			return print_string("sleeps in %s of %s", name, module);
		if (replaces(search->functions, name, module))
			return print_string("sleeps in %s", name);
		*match = (struct match){ 0 };
	}
	if (!top)
		return print_string("running; it changes over at its next way out of the kernel");
	return print_string("in %s, in no function of the patch: the kernel has not changed it "
			    "over yet",
			    top);
}

static char *task_stack(const char *pid, const char *tid)
{
	_cleanup_free_ char *path = print_string("/proc/%s/task/%s/stack", pid, tid);

	return read_file(path, NULL);
}

/* @place is taken over. */
static void found_task(struct search *search, const char *pid, const char *tid,
		       const struct match *match, char *place)
{
	_cleanup_free_ char *command = read_line("/proc/%s/task/%s/comm", pid, tid);

	blockers_add(&search->found, tid, command ? command : "?", match->function, place);
}

static void check_state(struct search *search, const char *pid, const char *tid)
{
	_cleanup_free_ char *state = read_line("/proc/%s/task/%s/patch_state", pid, tid);
	_cleanup_free_ char *stack = NULL;
	struct match match;
	char *place;

	/* -1: not in a transition (any more); no state: the task has ended. */
	if (!state || strcmp(state, search->wanted) == 0 || strcmp(state, "-1") == 0)
		return;
	stack = task_stack(pid, tid);
	place = task_place(search, stack, &match);
	found_task(search, pid, tid, &match, place);
}

/* A stack tells names only: another function of that name may be meant. */
static void check_stack(struct search *search, const char *pid, const char *tid)
{
	_cleanup_free_ char *stack = task_stack(pid, tid);
	_cleanup_free_ char *place = NULL;
	struct match match;
	bool sure;

	place = task_place(search, stack, &match);
	if (!match.function)
		return;
	sure = count_symbols(match.function, match.module) <= 1;
	found_task(search, pid, tid, &match,
		   print_string("%s%s", place,
				sure ? "" : ", or in another function of that name"));
}

static void search_tasks(struct search *search)
{
	_cleanup_(names_free) struct names processes = directory_names("/proc");

	for (size_t i = 0; i < processes.count; i++) {
		const char *pid = processes.items[i];
		_cleanup_(names_free) struct names tasks = { 0 };

		if (pid[strspn(pid, "0123456789")] != '\0')
			continue;
		tasks = directory_names("/proc/%s/task", pid);
		for (size_t j = 0; j < tasks.count; j++)
			if (search->patch)
				check_state(search, pid, tasks.items[j]);
			else
				check_stack(search, pid, tasks.items[j]);
	}
}

bool blockers_can_be_found(void)
{
	_cleanup_free_ char *stack = read_file("/proc/1/stack", NULL);

	return stack != NULL;
}

struct blockers blockers_find(const char *name, bool patched)
{
	_cleanup_(functions_free) struct functions functions = livepatch_functions(name);
	struct search search = {
		.patch = name,
		.functions = &functions,
		.wanted = patched ? "1" : "0",
	};

	search_tasks(&search);
	return search.found;
}

struct blockers blockers_in_functions(const struct functions *functions)
{
	struct search search = { .functions = functions };

	if (functions->count)
		search_tasks(&search);
	return search.found;
}
