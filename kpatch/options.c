// SPDX-License-Identifier: GPL-2.0-only
/* What the command lines of all subcommands have in common. */
#include <getopt.h>
#include <stdio.h>

#include "kpatch/commands.h"
#include "kpatch/json.h"
#include "kpatch/message.h"
#include "kpatch/status.h"

bool only_help_option(int argc, char **argv, const char *help, int *status)
{
	static const struct option options[] = {
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int option = getopt_long(argc, argv, "h", options, NULL);

	if (option == -1)
		return true;
	if (option == 'h') {
		*status = show_help(help);
	} else {
		*status = wrong_option(argv);
	}
	return false;
}

int show_help(const char *help)
{
	json_stop();
	fputs(help, stdout);
	return STATUS_OK;
}

int wrong_option(char **argv)
{
	error("usage",
	      "%s: no option of kpatch %s, or its argument is missing: kpatch %s --help shows them",
	      argv[optind - 1], argv[0], argv[0]);
	return STATUS_USAGE;
}

int wrong_use(const char *name)
{
	error("usage", "wrong number of arguments: kpatch %s --help tells how to use it", name);
	return STATUS_USAGE;
}
