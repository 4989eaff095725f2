// SPDX-License-Identifier: GPL-2.0-only
/* A call of the compiler, and what its preprocessor makes of the unit in either tree. */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kpatch-build/compare-unit/command.h"

const char *environment(const char *name)
{
	const char *value = getenv(name);

	if (!value)
		errx(1, "%s is not set", name);
	return value;
}

static void start_preprocessor(const char *dir, char **arguments, int out, int messages)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (chdir(dir) != 0 || null < 0 || dup2(null, STDIN_FILENO) < 0 ||
	    dup2(messages, STDERR_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0)
		_exit(126);
	execvp(arguments[0], arguments);
	_exit(127);
}

static void read_all(struct text *text, int fd)
{
	size_t room = 8 << 20;
	ssize_t n;

	text->bytes = get_memory(NULL, room, 1);
	text->size = 0;
	while ((n = read(fd, text->bytes + text->size, room - text->size)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			err(1, "read");
		text->size += n;
		if (text->size == room) {
			room *= 2;
			text->bytes = get_memory(text->bytes, room, 1);
		}
	}
}

bool preprocess(struct text *text, struct text *messages, const char *dir, char **arguments)
{
	int ends[2], status, told = memfd_create("messages", MFD_CLOEXEC);
	pid_t child;

	if (told < 0 || pipe2(ends, O_CLOEXEC) != 0)
		err(1, "pipe");
	child = fork();
	if (child < 0)
		err(1, "fork");
	if (child == 0)
		start_preprocessor(dir, arguments, ends[1], told);
	close(ends[1]);
	read_all(text, ends[0]);
	close(ends[0]);
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			err(1, "waitpid");
	if (lseek(told, 0, SEEK_SET) != 0)
		err(1, "lseek");
	read_all(messages, told);
	close(told);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* An argument as it reads in the other tree. */
static char *moved(const char *argument, const char *from, const char *to)
{
	const char *at = strstr(argument, from);
	char *result;

	if (asprintf(&result, "%.*s%s%s", (int)(at ? at - argument : 0), argument, at ? to : "",
		     at ? at + strlen(from) : argument) < 0)
		err(1, "memory");
	return result;
}

static void command_add(struct command *command, const char *argument)
{
	size_t n = command->n++;

	command->patched = get_memory(command->patched, n + 2, sizeof(char *));
	command->original = get_memory(command->original, n + 2, sizeof(char *));
	command->patched[n] = (char *)argument;
	command->original[n] =
		moved(argument, environment("KPATCH_PATCHED"), environment("KPATCH_ORIGINAL"));
	command->patched[n + 1] = NULL;
	command->original[n + 1] = NULL;
}

static void command_add_words(struct command *command, const char *text)
{
	char *words = strdup(text), *save = NULL;

	if (!words)
		err(1, "memory");
	for (char *word = strtok_r(words, " ", &save); word; word = strtok_r(NULL, " ", &save))
		command_add(command, word);
}

static bool starts_with(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
}

/* The compiler as a preprocessor, without the arguments by which it does or writes more. Line
 * markers are needed (-P), and what -Wundef says (-w). */
static bool is_left_out(const char *argument)
{
	return strcmp(argument, "-c") == 0 || strcmp(argument, "-S") == 0 ||
	       strcmp(argument, "-P") == 0 || strcmp(argument, "-E") == 0 ||
	       strcmp(argument, "-w") == 0 || starts_with(argument, "-Wp,-MMD,") ||
	       starts_with(argument, "-Wp,-MD,");
}

/*
 * What names_of_unit() needs, which only gcc has. That it does not keep where the tokens of macros
 * come from takes a third of its time away; of the text this changes what __LINE__ gives among the
 * arguments of a macro that go over several lines, on both sides.
 */
static void command_add_names(struct command *command)
{
	const char *names = getenv("KPATCH_NAMES");

	if (!names || !*names)
		return;
	command->names = names;
	command_add(command, "-dU");
	command_add(command, "-Wundef");
	command_add(command, "-Wno-error=undef");
	command_add(command, "-ftrack-macro-expansion=0");
}

struct command read_command(int argc, char **argv)
{
	struct command command = { 0 };

	command_add_words(&command, environment("KPATCH_CC"));
	command_add(&command, "-E");
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "-o") == 0 && i + 1 < argc) {
			command.object = argv[++i];
		} else if (!is_left_out(argv[i])) {
			command.assembly |= strcmp(argv[i], "-D__ASSEMBLY__") == 0;
			command_add(&command, argv[i]);
		}
	}
	command.source = argc > 1 ? argv[argc - 1] : "";
	command.rust = getenv("KPATCH_RUST");
	if (command.rust && !*command.rust)
		command.rust = NULL;
	if (command.rust)
		command_add(&command, "-dD");
	else if (!command.assembly)
		command_add_names(&command);
	return command;
}

bool is_unit(const struct command *command)
{
	size_t n = strlen(command->source);

	return command->object && *command->object != '/' && n > 2 &&
	       command->source[n - 2] == '.' && strchr("cSh", command->source[n - 1]);
}

void pass_on(char **argv)
{
	struct command command = { 0 };

	command_add_words(&command, environment("KPATCH_CC"));
	for (argv++; *argv; argv++)
		command_add(&command, *argv);
	execvp(command.patched[0], command.patched);
	err(1, "%s", command.patched[0]);
}
