// SPDX-License-Identifier: GPL-2.0-only
/* kpatch status */
#include <getopt.h>
#include <stdio.h>

#include "kpatch/blockers.h"
#include "kpatch/commands.h"
#include "kpatch/core.h"
#include "kpatch/livepatch.h"
#include "kpatch/status.h"

static const char help[] = "Usage: kpatch status\n"
			   "Show what each patch is doing, and which tasks are in its way or still "
			   "run old code.\n"
			   "\n"
			   "  -h, --help  show this text\n";

static size_t show_livepatches(void)
{
	_cleanup_(names_free) struct names names = livepatch_names();

	for (size_t i = 0; i < names.count; i++) {
		enum livepatch_state state = livepatch_state(names.items[i]);

		printf("%s: %s by the kernel's livepatch\n", names.items[i],
		       livepatch_state_text(state));
		fflush(stdout);
		if (livepatch_in_transition(state))
			blockers_show(names.items[i], state == LIVEPATCH_PATCHING);
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
		puts("no livepatch is loaded");
	return STATUS_OK;
}
