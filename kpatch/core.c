// SPDX-License-Identifier: GPL-2.0-only
/* What the core module tells of its patches. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kpatch/cleanup.h"
#include "kpatch/core.h"
#include "kpatch/message.h"
#include "kpatch/show.h"

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

bool core_is_under_way(const char *name)
{
	_cleanup_free_ char *state = core_state(name);

	return state && (strcmp(state, "patching") == 0 || strcmp(state, "unpatching") == 0);
}

char *core_tried(void)
{
	_cleanup_(names_free) struct names names = core_names();

	for (size_t i = 0; i < names.count; i++) {
		const char *name = names.items[i];
		_cleanup_free_ char *attempts = read_line("%s/%s/attempts", CORE_DIR, name);

		if (attempts && strcmp(attempts, "0") != 0 && core_is_under_way(name))
			return print_string("%s", name);
	}
	return NULL;
}

/* "PID FUNCTION COMMAND"; the command can hold anything. */
static void add_blocker(struct blockers *blockers, char *line)
{
	char *function = strchr(line, ' ');
	char *command = function ? strchr(function + 1, ' ') : NULL;

	if (!command)
		return;
	*function++ = '\0';
	*command++ = '\0';
	if (strcmp(function, "?") == 0)
		blockers_add(blockers, line, command, NULL,
			     print_string("its stack cannot be read to the end"));
	else
		blockers_add(blockers, line, command, function, print_string("in %s", function));
}

struct blockers core_blockers(const char *name)
{
	_cleanup_free_ char *path = print_string("%s/%s/blockers", CORE_DIR, name);
	_cleanup_free_ char *text = read_file(path, NULL);
	struct blockers blockers = { 0 };
	char *rest = text, *line;

	while (text && (line = strsep(&rest, "\n")))
		add_blocker(&blockers, line);
	return blockers;
}

/* For root only. An empty list would say that nobody is in the way. */
static bool can_read_blockers(const char *name)
{
	_cleanup_free_ char *path = print_string("%s/%s/blockers", CORE_DIR, name);

	return access(path, R_OK) == 0;
}

static char *attribute(const char *name, const char *which)
{
	char *text = read_line("%s/%s/%s", CORE_DIR, name, which);

	return text ? text : print_string("?");
}

void core_json_operation(struct json_object *patch, const char *name)
{
	_cleanup_(blockers_free) struct blockers blockers = { 0 };
	static const char *const numbers[] = { "attempts", "pause_us", "tasks" };
	_cleanup_free_ char *state = NULL, *result = NULL;
	struct json_object *operation;

	if (!patch)
		return;
	state = core_state(name);
	result = read_line("%s/%s/result", CORE_DIR, name);
	json_text(patch, "state", state ? state : "absent");
	operation = json_child(patch, "operation");
	json_text(operation, "result", result);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		_cleanup_free_ char *digits = attribute(name, numbers[i]);

		json_number(operation, numbers[i], digits);
	}
	if (!can_read_blockers(name))
		return;
	blockers = core_blockers(name);
	json_blockers(patch, "blockers", &blockers);
}

/*
 * The file of an operation that has ended well can still name who was in its way before. Who is in
 * a replaced function then, has come in by a way that ftrace does not see.
 */
static void show_tasks(const char *name, struct json_object *patch)
{
	_cleanup_(functions_free) struct functions functions = core_functions(name);
	_cleanup_(blockers_free) struct blockers blockers = { 0 };
	_cleanup_free_ char *state = core_state(name);

	if (!state)
		return;
	if (core_is_under_way(name) ? !can_read_blockers(name) : !blockers_can_be_found())
		return;
	if (core_is_under_way(name))
		blockers = core_blockers(name);
	else if (strcmp(state, "enabled") == 0)
		blockers = blockers_in_functions(&functions);
	blockers_tell(&blockers,
		      strcmp(state, "unpatching") == 0 ? "the patch's code" : "the old code");
	json_blockers(patch, "old_tasks", &blockers);
}

struct json_object *core_show_status(const char *name)
{
	_cleanup_free_ char *state = core_state(name);
	_cleanup_free_ char *result = attribute(name, "result");
	_cleanup_free_ char *attempts = attribute(name, "attempts");
	_cleanup_free_ char *pause = attribute(name, "pause_us");
	_cleanup_free_ char *tasks = attribute(name, "tasks");
	struct json_object *patch;

	if (!state)
		return NULL;
	patch = json_new_patch(name, "core");
	tell("%s: %s by the core module, last operation: %s after %s attempt(s), all processors "
	     "stood still for %s us over %s tasks",
	     name, state, result, attempts, pause, tasks);
	core_json_operation(patch, name);
	show_tasks(name, patch);
	return patch;
}

void core_show(const char *name)
{
	_cleanup_(functions_free) struct functions functions = core_functions(name);
	struct json_object *patch = json_new_patch(name, "core");
	_cleanup_free_ char *state = core_state(name);

	json_text(patch, "state", state ? state : "absent");
	json_functions(patch, &functions);
	tell("%s: %s by the core module", name, state ? state : "gone");
	if (!json_is_on())
		functions_print(&functions, "  ");
	show_outlives(name, patch);
}
