// SPDX-License-Identifier: GPL-2.0-only
/* kpatch: load, unload and show live patches of the running kernel. */
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "kpatch/commands.h"
#include "kpatch/json.h"
#include "kpatch/message.h"
#include "kpatch/status.h"

static const struct command {
	const char *name;
	int (*main)(int argc, char **argv);
	bool json; /* has --json, which is taken out of its arguments */
	const char *help;
} commands[] = {
	{ "load", load_main, true,
	  "load patch modules into the kernel and wait until they are in effect" },
	{ "unload", unload_main, true, "disable livepatches and remove their modules" },
	{ "verify", verify_main, true,
	  "compare the code that a patch replaces, in memory, with the shipped code" },
	{ "list", list_main, true, "show the livepatches that the kernel has" },
	{ "info", info_main, true, "show what a patch module is and what it replaces" },
	{ "status", status_main, true,
	  "show what patches are doing and which tasks are in their way" },
	{ "signal", signal_main, true, "get sleeping tasks out of the way of a patch" },
	{ "version", version_main, false, "show the version of kpatch" },
};

static const struct command *find_command(const char *name)
{
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

static int unknown(const char *name)
{
	error("usage", "%s: no such subcommand: kpatch help shows them", name);
	return STATUS_USAGE;
}

static void show_commands(FILE *out)
{
	fputs("Usage: kpatch SUBCOMMAND [OPTION]... [ARGUMENT]...\n\n", out);
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		fprintf(out, "  %-8s %s\n", commands[i].name, commands[i].help);
	fputs("  help     show this text, or the help of a subcommand\n\n"
	      "kpatch(1) describes them and the exit statuses.\n",
	      out);
}

/* "kpatch help load" is "kpatch load --help". */
static int help(int argc, char **argv)
{
	static char option[] = "--help";
	const struct command *command;

	if (argc < 2) {
		show_commands(stdout);
		return STATUS_OK;
	}
	command = find_command(argv[1]);
	if (!command)
		return unknown(argv[1]);
	return command->main(2, (char *[]){ argv[1], option, NULL });
}

/* Remove @option from the arguments, before a "--". False when it is not there. */
static bool take_option(int *argc, char **argv, const char *option)
{
	bool found = false, ended = false;
	int kept = 0;

	for (int i = 0; i < *argc; i++) {
		ended = ended || strcmp(argv[i], "--") == 0;
		if (!ended && strcmp(argv[i], option) == 0)
			found = true;
		else
			argv[kept++] = argv[i];
	}
	argv[kept] = NULL;
	*argc = kept;
	return found;
}

static int run(int argc, char **argv)
{
	const struct command *command;

	if (strcmp(argv[0], "help") == 0 || strcmp(argv[0], "--help") == 0 ||
	    strcmp(argv[0], "-h") == 0)
		return help(argc, argv);
	if (strcmp(argv[0], "--version") == 0)
		return version_main(1, argv);
	command = find_command(argv[0]);
	if (!command)
		return unknown(argv[0]);
	/* Before the subcommand looks at its options: what is wrong with them goes there too. */
	if (command->json && take_option(&argc, argv, "--json"))
		json_start(command->name);
	return command->main(argc, argv);
}

int main(int argc, char **argv)
{
	int status;

	if (argc < 2) {
		show_commands(stderr);
		return STATUS_USAGE;
	}
	/* Subcommands say themselves what is wrong with their options. */
	opterr = 0;
	status = run(argc - 1, argv + 1);
	json_finish(status);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		error("write-failed", "cannot write to standard output");
		return status ? status : STATUS_USAGE;
	}
	return status;
}
