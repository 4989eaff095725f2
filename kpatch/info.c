// SPDX-License-Identifier: GPL-2.0-only
/* kpatch info */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "kpatch/commands.h"
#include "kpatch/core.h"
#include "kpatch/livepatch.h"
#include "kpatch/message.h"
#include "kpatch/modfile.h"
#include "kpatch/module.h"
#include "kpatch/show.h"
#include "kpatch/status.h"
#include "kpatch/store.h"

static const char help[] = "Usage: kpatch info FILE.ko|NAME...\n"
			   "Show what a patch module is: the kernel it is for, its patches, the "
			   "functions it replaces.\n"
			   "A NAME is that of a loaded livepatch, or of a file in "
			   "/var/lib/kpatch/RELEASE.\n"
			   "\n"
			   "      --json  print one JSON object\n"
			   "  -h, --help  show this text\n";

static enum status info_file(const char *path)
{
	struct modfile file;

	if (!modfile_open(&file, path))
		return STATUS_USAGE;
	show_file(&file);
	modfile_close(&file);
	return STATUS_OK;
}

static enum status info_name(const char *name)
{
	bool core = core_has(name);
	bool loaded = core || livepatch_state(name) != LIVEPATCH_ABSENT;
	_cleanup_free_ char *path = store_find(name);

	if (!loaded && !path) {
		error("not-loaded",
		      "%s: no livepatch of that name is loaded, or stored for this kernel: kpatch "
		      "list shows the names; give a path to name a file",
		      name);
		return STATUS_NO_SUCH;
	}
	if (core)
		core_show(name);
	else if (loaded)
		show_livepatch(name);
	return path ? info_file(path) : STATUS_OK;
}

static enum status info_argument(const char *argument)
{
	_cleanup_free_ char *name = module_name(argument);
	size_t length = strlen(argument);

	if (strchr(argument, '/') || (length > 3 && strcmp(argument + length - 3, ".ko") == 0))
		return info_file(argument);
	if (name)
		return info_name(name);
	error("bad-name", "%s: no module can have that name: kpatch list shows the names",
	      argument);
	return STATUS_USAGE;
}

int info_main(int argc, char **argv)
{
	int status;

	if (!only_help_option(argc, argv, help, &status))
		return status;
	if (optind == argc)
		return wrong_use(argv[0]);
	status = STATUS_OK;
	for (int i = optind; status == STATUS_OK && i < argc; i++) {
		if (i > optind)
			tell("%s", "");
		status = info_argument(argv[i]);
	}
	return status;
}
