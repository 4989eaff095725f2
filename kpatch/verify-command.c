// SPDX-License-Identifier: GPL-2.0-only
/* kpatch verify */
#include <getopt.h>

#include "kpatch/check.h"
#include "kpatch/commands.h"
#include "kpatch/message.h"
#include "kpatch/verify.h"

static const char help[] = "Usage: kpatch verify FILE.ko...\n"
			   "Compare the code that patch modules replace, in the running kernel's "
			   "memory, with the\n"
			   "shipped code that they were made for. Nothing is loaded.\n"
			   "\n"
			   "      --json  print one JSON object\n"
			   "  -h, --help  show this text\n";

static enum status verify_file(const char *path)
{
	struct modfile file;
	enum status status;

	if (!modfile_open(&file, path))
		return STATUS_USAGE;
	status = check_build_id(&file);
	if (status == STATUS_OK)
		status =
			verify_module(&file, &running_files, VERIFY_FUNCTIONS, json_new_file(path));
	modfile_close(&file);
	return status;
}

int verify_main(int argc, char **argv)
{
	enum status first = STATUS_OK;
	int status;

	if (!only_help_option(argc, argv, help, &status))
		return status;
	if (optind == argc)
		return wrong_use(argv[0]);
	for (int i = optind; i < argc; i++) {
		enum status one = verify_file(argv[i]);

		if (first == STATUS_OK)
			first = one;
	}
	return first;
}
