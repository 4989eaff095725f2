// SPDX-License-Identifier: GPL-2.0-only
/* What the core module tells of its patches. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kpatch/cleanup.h"
#include "kpatch/core.h"
#include "kpatch/message.h"

struct names core_names(void)
{
	return directory_names("%s", CORE_DIR);
}

bool core_has(const char *name)
{
	return path_exists("%s/%s/state", CORE_DIR, name);
}

char *core_state(const char *name)
{
	return read_line("%s/%s/state", CORE_DIR, name);
}

/* A line of the file is "OBJECT FUNCTION". */
struct functions core_functions(const char *name)
{
	_cleanup_free_ char *path = print_string("%s/%s/functions", CORE_DIR, name);
	_cleanup_free_ char *text = read_file(path, NULL);
	struct functions functions = { 0 };
	char *rest = text, *line;

	while (text && (line = strsep(&rest, "\n"))) {
		char *space = strchr(line, ' ');

		if (!space)
			continue;
		*space = '\0';
		functions_add(&functions, line, space + 1, 0);
	}
	return functions;
}

static void show_blockers(const char *name)
{
	_cleanup_free_ char *path = print_string("%s/%s/blockers", CORE_DIR, name);
	_cleanup_free_ char *text = read_file(path, NULL);
	char *rest = text, *line;

	while (text && (line = strsep(&rest, "\n")))
		if (*line)
			printf("  in its way (pid, function, command): %s\n", printable(line));
}

void core_show_status(const char *name)
{
	_cleanup_free_ char *state = core_state(name);
	_cleanup_free_ char *result = read_line("%s/%s/result", CORE_DIR, name);
	_cleanup_free_ char *attempts = read_line("%s/%s/attempts", CORE_DIR, name);
	_cleanup_free_ char *pause = read_line("%s/%s/pause_us", CORE_DIR, name);
	_cleanup_free_ char *tasks = read_line("%s/%s/tasks", CORE_DIR, name);

	if (!state || !result || !attempts || !pause || !tasks)
		return;
	printf("%s: %s by the core module, last operation: %s after %s attempt(s), all processors "
	       "stood still for %s us over %s tasks\n",
	       name, state, result, attempts, pause, tasks);
	show_blockers(name);
}

void core_show(const char *name)
{
	_cleanup_(functions_free) struct functions functions = core_functions(name);
	_cleanup_free_ char *state = core_state(name);

	printf("%s: %s by the core module\n", name, state ? state : "gone");
	functions_print(&functions, "  ");
}
