// SPDX-License-Identifier: GPL-2.0-only
#include "debug-info.h"
#include "debug-lines.h"
#include "exports.h"
#include "report.h"
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

struct debug_info {
	pid_t child;
	int fd; /* a socket: writing to a process that died must not end this one */
	FILE *answers;
	char **types; /* the lines of compare_types() */
	size_t nr_types, max_types;
	enum { TYPES_AWAITED, TYPES_COMPARED, TYPES_MISSING, TYPES_FAILED } state;
};

/* What the process itself holds. */
struct reader {
	struct debug_file orig, patched;
	struct debug_lines orig_lines, patched_lines;
};

static const struct debug_lines *lines_of(struct reader *reader, char side)
{
	struct debug_lines *lines = side == 'o' ? &reader->orig_lines : &reader->patched_lines;

	if (!lines->file)
		read_debug_lines(lines, side == 'o' ? &reader->orig : &reader->patched);
	return lines;
}

static void serve(const struct diff *diff, FILE *in, FILE *out)
{
	struct reader reader = { 0 };
	uint64_t address;
	bool known;
	char side;

	known = open_debug_file(&reader.orig, &diff->orig);
	known &= open_debug_file(&reader.patched, &diff->patched);
	known &= compare_types(&reader.orig, &reader.patched, out);
	fputs(known ? TYPES_KNOWN : TYPES_UNKNOWN, out);
	fflush(out);
	while (fscanf(in, " %c %" SCNx64, &side, &address) == 2) {
		tell_origin(lines_of(&reader, side), address, out);
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
	size_t i;

	kill(info->child, SIGKILL);
	waitpid(info->child, NULL, 0);
	for (i = 0; i < info->nr_types; i++)
		free(info->types[i]);
	free(info->types);
	fclose(info->answers);
	free(info);
}

/* They come before the first answer. */
static void await_types(struct debug_info *info)
{
	char *line = NULL;
	size_t size = 0;

	while (info->state == TYPES_AWAITED) {
		if (getline(&line, &size, info->answers) <= 0) {
			info->state = TYPES_FAILED;
		} else if (!strcmp(line, TYPES_KNOWN)) {
			info->state = TYPES_COMPARED;
		} else if (!strcmp(line, TYPES_UNKNOWN)) {
			info->state = TYPES_MISSING;
		} else {
			grow(info->types, info->nr_types, info->max_types);
			info->types[info->nr_types++] = line;
			line = NULL;
			size = 0;
		}
	}
	free(line);
}

/* Cuts off the first field of *@rest, a tab behind each but the last; "" where there is none. */
static char *next_field(char **rest)
{
	char *field = *rest, *tab = strchr(field, '\t');

	if (tab)
		*tab = '\0';
	*rest = tab ? tab + 1 : field + strlen(field);
	return field;
}

static const char *file_field(char **rest)
{
	char *field = next_field(rest);

	return *field ? field : NULL;
}

static uint64_t number_field(char **rest)
{
	return strtoull(next_field(rest), NULL, 10);
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

bool find_origin(const struct diff *diff, const struct object *obj, const struct section *sec,
		 uint64_t offset, struct origin *origin)
{
	char question[32];
	size_t size = 0;
	int n = snprintf(question, sizeof(question), "%c %" PRIx64 "\n",
			 obj == &diff->orig ? 'o' : 'p',
			 debug_address(sec->origin, sec->origin_offset + offset));

	memset(origin, 0, sizeof(*origin));
	await_types(diff->debug);
	if (send(diff->debug->fd, question, (size_t)n, MSG_NOSIGNAL) != n ||
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

void free_origin(struct origin *origin)
{
	free(origin->text);
	origin->text = NULL;
}

/* Modules were built for the old prototype; the CRC that would tell is not in the object. */
static void add_prototype(struct diff *diff, const char *file, uint64_t number, const char *name)
{
	const char *exporter = exporter_of(diff->exports, name, NULL);

	if (exporter && !strcmp(exporter, diff->parent_name))
		finding_in(diff, "export-changed", file, number,
			   "leave it as it is, and add a function of another name",
			   "what the exported function %s takes or returns changed, but modules "
			   "were built for what it was",
			   name);
}

/* A line of compare_types(). */
static void add_type(struct diff *diff, char *line)
{
	const char *id = next_field(&line), *file = next_field(&line);
	uint64_t number = number_field(&line);

	line[strcspn(line, "\n")] = '\0';
	if (!*line)
		return;
	if (!strcmp(id, "export-changed"))
		add_prototype(diff, file, number, line);
	else if (!strcmp(id, "enum-changed"))
		finding_in(diff, "enum-changed", file, number, "add new enumerators at the end",
			   "%s, but the old one may be stored in the running kernel", line);
	else
		finding_in(diff, "struct-layout-changed", file, number,
			   "keep it as it is and attach new members as a shadow variable "
			   "(klp_shadow_alloc)",
			   "%s, but objects of it may exist in the running kernel", line);
}

void check_types(struct diff *diff)
{
	struct debug_info *info = diff->debug;
	size_t i;

	await_types(info);
	for (i = 0; i < info->nr_types; i++)
		add_type(diff, info->types[i]);
	if (info->state == TYPES_FAILED)
		finding_at(diff, "bad-debug-info", (struct spot){ 0 }, "compile the objects again",
			   "the debug information cannot be read, so that changed layouts of "
			   "structures would not be seen");
	else if (info->state == TYPES_MISSING)
		warning(diff, "no-debug-info",
			"no debug information of all types, so that changed layouts of structures "
			"cannot be seen; compile with -g and without CONFIG_DEBUG_INFO_SPLIT and "
			"CONFIG_DEBUG_INFO_REDUCED");
}
