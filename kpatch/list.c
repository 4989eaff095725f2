// SPDX-License-Identifier: GPL-2.0-only
/* kpatch list */
#include <getopt.h>
#include <stdio.h>

#include "kpatch/commands.h"
#include "kpatch/core.h"
#include "kpatch/json.h"
#include "kpatch/kernel.h"
#include "kpatch/livepatch.h"
#include "kpatch/message.h"
#include "kpatch/module.h"
#include "kpatch/show.h"
#include "kpatch/status.h"

static const char help[] = "Usage: kpatch list\n"
			   "Show the livepatches that the kernel has: name, state, whether it "
			   "replaces all others, and\n"
			   "which functions of which object it replaces. Livepatches of other "
			   "makers are shown too.\n"
			   "\n"
			   "      --json  print one JSON object\n"
			   "  -h, --help  show this text\n";

/* Disabled livepatches are only modules to a kernel since 5.1. */
static size_t show_disabled(const struct names *enabled)
{
	_cleanup_(names_free) struct names modules = directory_names("/sys/module");
	size_t shown = 0;

	for (size_t i = 0; i < modules.count; i++) {
		const char *name = modules.items[i];

		if (names_has(enabled, name) || !module_is_livepatch(name))
			continue;
		tell("%s: loaded but disabled", name);
		json_text(json_new_patch(name, "livepatch"), "state", "disabled");
		shown++;
	}
	return shown;
}

int list_main(int argc, char **argv)
{
	_cleanup_(names_free) struct names names = { 0 }, cores = { 0 };
	int status;

	if (!only_help_option(argc, argv, help, &status))
		return status;
	if (optind != argc)
		return wrong_use(argv[0]);
	cores = core_names();
	if (cores.count == 0 && !kernel_has_livepatch())
		return STATUS_ENVIRONMENT;
	for (size_t i = 0; i < cores.count; i++)
		core_show(cores.items[i]);
	names = livepatch_names();
	for (size_t i = 0; i < names.count; i++)
		show_livepatch(names.items[i]);
	if (show_disabled(&names) + names.count + cores.count == 0)
		tell("no livepatch is loaded");
	return STATUS_OK;
}
