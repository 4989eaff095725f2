/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KPATCH_COMMANDS_H
#define KPATCH_COMMANDS_H

#include <stdbool.h>

/* The subcommands, one file each. argv[0] is the subcommand's name; they return a status. */
int load_main(int argc, char **argv);
int unload_main(int argc, char **argv);
int verify_main(int argc, char **argv);
int list_main(int argc, char **argv);
int info_main(int argc, char **argv);
int signal_main(int argc, char **argv);
int status_main(int argc, char **argv);
int version_main(int argc, char **argv);

/*
 * Options of a subcommand that has none but --help. Returns true when the subcommand goes on, its
 * arguments beginning at optind; else *status is what to exit with.
 */
bool only_help_option(int argc, char **argv, const char *help, int *status);

/* Print @help, also where --json was given. Returns STATUS_OK. */
int show_help(const char *help);

/* Too few arguments, or too many, for the subcommand @name. Returns STATUS_USAGE. */
int wrong_use(const char *name);

/* After getopt_long() found an option it does not know. Returns STATUS_USAGE. */
int wrong_option(char **argv);

#endif /* KPATCH_COMMANDS_H */
