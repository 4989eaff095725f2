// SPDX-License-Identifier: GPL-2.0-only
/* kpatch status */
#include <getopt.h>
#include <stdio.h>

#include "kpatch/blockers.h"
#include "kpatch/commands.h"
#include "kpatch/core.h"
#include "kpatch/json.h"
#include "kpatch/livepatch.h"
#include "kpatch/message.h"
#include "kpatch/status.h"

static const char help[] = "Usage: kpatch status\n"
			   "Show what each patch is doing, and which tasks are in its way or still "
			   "run old code.\n"
			   "\n"
			   "      --json  print one JSON object\n"
			   "  -h, --help  show this text\n";

/*
 * In a transition the kernel tells which tasks have not changed over. Afterwards none is in
 * replaced code, unless the transition was forced.
 */
static void show_tasks(const char *name, enum livepatch_state state, struct json_object *patch)
{
	_cleanup_(functions_free) struct functions functions = livepatch_functions(name);
	_cleanup_(blockers_free) struct blockers tasks = { 0 };

	if (!blockers_can_be_found())
		return;
	if (livepatch_in_transition(state))
		tasks = blockers_find(name, state == LIVEPATCH_PATCHING);
	else if (state == LIVEPATCH_ENABLED)
		tasks = blockers_in_functions(&functions);
	blockers_tell(&tasks, state == LIVEPATCH_UNPATCHING ? "the patch's code" : "the old code");
	json_blockers(patch, "old_tasks", &tasks);
}

static size_t show_livepatches(void)
{
	_cleanup_(names_free) struct names names = livepatch_names();

	for (size_t i = 0; i < names.count; i++) {
		const char *name = names.items[i];
		enum livepatch_state state = livepatch_state(name);
		struct json_object *patch = json_new_patch(name, "livepatch");

		tell("%s: %s by the kernel's livepatch", name, livepatch_state_text(state));
		json_text(patch, "state", livepatch_state_word(state));
		show_tasks(name, state, patch);
	}
	return names.count;
}

static size_t show_core(void)
{
	_cleanup_(names_free) struct names names = core_names();

	for (size_t i = 0; i < names.count; i++)
		core_show_status(names.items[i]);
	return names.count;
}

int status_main(int argc, char **argv)
{
	int status;

	if (!only_help_option(argc, argv, help, &status))
		return status;
	if (optind != argc)
		return wrong_use(argv[0]);
	if (show_livepatches() + show_core() == 0)
		tell("no livepatch is loaded");
	else if (!blockers_can_be_found())
		note("which tasks run old code is not known: the stacks of tasks are for root");
	return STATUS_OK;
}
