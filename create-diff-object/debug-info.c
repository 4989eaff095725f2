// SPDX-License-Identifier: GPL-2.0-only
#include "debug-info.h"
#include "debug-copies.h"
#include "debug-lines.h"
#include "debug-noreturn.h"
#include "debug-parameters.h"
#include "fields.h"
#include "types.h"
#include "util.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* Damaged debug information may keep libdwarf busy for ever; in seconds. */
#define TIME_LIMIT 60

/* Or have it ask for more memory than any object of the kernel needs; in bytes. */
#define MEMORY_LIMIT (UINT64_C(4) << 30)

/* Ends the list of types that changed; with debug information in both objects or not. */
#define TYPES_KNOWN   "known\n"
#define TYPES_UNKNOWN "unknown\n"

#define YES "yes\n"

struct debug_info {
	pid_t child;
	int fd; /* a socket: writing to a process that died must not end this one */
	FILE *answers;
	struct type_changes types; /* what compare_types() wrote */
};

/* What the process itself holds. */
struct reader {
	struct debug_file orig, patched;
	struct debug_lines orig_lines, patched_lines;
	struct debug_copies copies[2]; /* of the original, of the patched object */
};

static struct debug_lines *lines_of(struct reader *reader, char side)
{
	struct debug_lines *lines = side == 'o' ? &reader->orig_lines : &reader->patched_lines;

	if (!lines->file)
		read_debug_lines(lines, side == 'o' ? &reader->orig : &reader->patched);
	return lines;
}

static void tell_copies_at(struct reader *reader, char side, uint64_t address, unsigned int level,
			   FILE *out)
{
	if (!reader->copies[0].file) {
		read_debug_copies(&reader->copies[0], &reader->orig);
		read_debug_copies(&reader->copies[1], &reader->patched);
	}
	tell_copies(lines_of(reader, side), address, level, reader->copies, "op", 2, out);
}

/*
 * A small letter asks for the origin of a place, a capital one for what is inlined there, and an R
 * how the function of the patched object gets its parameters. An n or N asks for the calls of a
 * function of the original or the patched object.
 */
static void answer(struct reader *reader, char question, uint64_t address, unsigned int level,
		   FILE *out)
{
	if (question == 'O' || question == 'P')
		tell_copies_at(reader, question == 'O' ? 'o' : 'p', address, level, out);
	else if (question == 'R')
		fputs(takes_registers(&reader->patched, address) ? YES : "no\n", out);
	else if (question == 'n' || question == 'N')
		fputs(calls_no_noreturn(question == 'n' ? &reader->orig : &reader->patched, address)
			      ? YES
			      : "no\n",
		      out);
	else
		tell_origin(lines_of(reader, question), address, out);
}

static void serve(const struct diff *diff, FILE *in, FILE *out)
{
	struct reader reader = { 0 };
	uint64_t address;
	unsigned int level;
	bool known;
	char side;

	known = open_debug_file(&reader.orig, &diff->orig);
	known &= open_debug_file(&reader.patched, &diff->patched);
	known &= compare_types(&reader.orig, &reader.patched, out);
	fputs(known ? TYPES_KNOWN : TYPES_UNKNOWN, out);
	fflush(out);
	while (fscanf(in, " %c %" SCNx64 " %u", &side, &address, &level) == 3) {
		answer(&reader, side, address, level, out);
		fflush(out);
	}
}

/* On top of what the process has, which is a lot under a sanitizer (proc(5), statm). */
static void limit_memory(void)
{
	FILE *f = fopen("/proc/self/statm", "re");
	struct rlimit limit;
	uint64_t pages;

	if (f && fscanf(f, "%*s %*s %*s %*s %*s %" SCNu64, &pages) == 1) {
		limit.rlim_cur = pages * (uint64_t)sysconf(_SC_PAGESIZE) + MEMORY_LIMIT;
		limit.rlim_max = limit.rlim_cur;
		setrlimit(RLIMIT_DATA, &limit);
	}
	if (f)
		fclose(f);
}

static void run_child(const struct diff *diff, int fd)
{
	FILE *questions = fdopen(fd, "r"), *answers = fdopen(dup(fd), "w");

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	alarm(TIME_LIMIT);
	limit_memory();
	dwarf_set_de_alloc_flag(0); /* what is not freed ends with the process */
	close(STDOUT_FILENO); /* nobody shall wait for this process behind a pipe */
	if (questions && answers)
		serve(diff, questions, answers);
	_exit(!questions || !answers);
}

struct debug_info *start_debug_info(struct diff *diff)
{
	struct debug_info *info = xcalloc(1, sizeof(*info));
	int fds[2];

	fflush(NULL);
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, fds) || (info->child = fork()) < 0)
		fatal("no-process", "cannot start a process: %s", strerror(errno));
	if (!info->child) {
		close(fds[0]);
		run_child(diff, fds[1]);
	}
	close(fds[1]);
	info->fd = fds[0];
	info->answers = fdopen(fds[0], "r");
	if (!info->answers)
		fatal("no-memory", "out of memory");
	return info;
}

void stop_debug_info(struct debug_info *info)
{
	kill(info->child, SIGKILL);
	waitpid(info->child, NULL, 0);
	free_type_changes(&info->types);
	fclose(info->answers);
	free(info);
}

/* They come before the first answer. */
static void await_types(struct debug_info *info)
{
	char *line = NULL;
	size_t size = 0;

	while (info->types.state == TYPES_AWAITED) {
		if (getline(&line, &size, info->answers) <= 0) {
			info->types.state = TYPES_FAILED;
		} else if (!strcmp(line, TYPES_KNOWN)) {
			info->types.state = TYPES_COMPARED;
		} else if (!strcmp(line, TYPES_UNKNOWN)) {
			info->types.state = TYPES_MISSING;
		} else {
			add_type_line(&info->types, line);
			line = NULL;
			size = 0;
		}
	}
	free(line);
}

static const char *file_field(char **rest)
{
	char *field = next_field(rest);

	return *field ? field : NULL;
}

static void parse_origin(char *rest, struct origin *origin)
{
	struct inlined *in;

	origin->file = file_field(&rest);
	origin->line = number_field(&rest);
	while (*rest && origin->nr_inlined < MAX_INLINED) {
		in = &origin->inlined[origin->nr_inlined++];
		in->name = next_field(&rest);
		in->file = file_field(&rest);
		in->line = number_field(&rest);
		in->call_file = file_field(&rest);
		in->call_line = number_field(&rest);
	}
}

static bool ask(const struct diff *diff, char question, const struct section *sec, uint64_t offset,
		unsigned int level)
{
	char text[48];
	int n = snprintf(text, sizeof(text), "%c %" PRIx64 " %u\n", question,
			 debug_address(sec->origin, sec->origin_offset + offset), level);

	await_types(diff->debug);
	return send(diff->debug->fd, text, (size_t)n, MSG_NOSIGNAL) == n;
}

bool find_copies(const struct diff *diff, const struct object *obj, const struct section *sec,
		 uint64_t offset, unsigned int level, struct copies *copies)
{
	char *line = NULL, *rest;
	size_t size = 0;
	bool whole = false;

	*copies = (struct copies){ 0 };
	if (!ask(diff, obj == &diff->orig ? 'O' : 'P', sec, offset, level))
		return false;
	while (!whole && getline(&line, &size, diff->debug->answers) > 0) {
		struct copy *copy;

		whole = !strcmp(line, ".\n");
		if (whole)
			break;
		line[strcspn(line, "\n")] = '\0';
		rest = line;
		grow(copies->list, copies->nr, copies->max);
		copy = &copies->list[copies->nr++];
		copy->orig = *next_field(&rest) == 'o';
		copy->address = strtoull(next_field(&rest), NULL, 16);
		copy->name = xasprintf("%s", rest);
	}
	free(line);
	return whole;
}

void free_copies(struct copies *copies)
{
	size_t i;

	for (i = 0; i < copies->nr; i++)
		free(copies->list[i].name);
	free(copies->list);
}

bool find_origin(const struct diff *diff, const struct object *obj, const struct section *sec,
		 uint64_t offset, struct origin *origin)
{
	size_t size = 0;

	memset(origin, 0, sizeof(*origin));
	if (!ask(diff, obj == &diff->orig ? 'o' : 'p', sec, offset, 0) ||
	    getline(&origin->text, &size, diff->debug->answers) <= 0) {
		free_origin(origin);
		return false;
	}
	origin->text[strcspn(origin->text, "\n")] = '\0';
	parse_origin(origin->text, origin);
	if (origin->file || origin->nr_inlined)
		return true;
	free_origin(origin);
	return false;
}

static bool ask_whether(const struct diff *diff, char question, const struct object *obj,
			const struct section *sec)
{
	char *line = NULL;
	size_t size = 0;
	bool yes;

	if (!ask(diff, question, sec, entry_offset(obj, sec), 0))
		return false;
	yes = getline(&line, &size, diff->debug->answers) > 0 && !strcmp(line, YES);
	free(line);
	return yes;
}

bool is_called_by_registers(const struct diff *diff, const struct section *sec)
{
	return ask_whether(diff, 'R', &diff->patched, sec);
}

bool all_calls_return(const struct diff *diff, const struct object *obj, const struct section *sec)
{
	return ask_whether(diff, obj == &diff->orig ? 'n' : 'N', obj, sec);
}

void free_origin(struct origin *origin)
{
	free(origin->text);
	origin->text = NULL;
}

void await_type_changes(struct debug_info *info, struct type_changes *changes)
{
	await_types(info);
	*changes = info->types;
	info->types = (struct type_changes){ .state = changes->state };
}
