// SPDX-License-Identifier: GPL-2.0-only
/* kpatch version */
#include <getopt.h>
#include <stdio.h>

#include "kpatch/commands.h"
#include "kpatch/status.h"

static const char help[] = "Usage: kpatch version\n"
			   "Show the version of kpatch.\n"
			   "\n"
			   "  -h, --help  show this text\n";

int version_main(int argc, char **argv)
{
	int status;

	if (!only_help_option(argc, argv, help, &status))
		return status;
	if (optind != argc)
		return wrong_use(argv[0]);
	puts("kpatch " KPATCH_VERSION);
	return STATUS_OK;
}
