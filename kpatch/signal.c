// SPDX-License-Identifier: GPL-2.0-only
/* kpatch signal */
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "kpatch/blockers.h"
#include "kpatch/commands.h"
#include "kpatch/core.h"
#include "kpatch/json.h"
#include "kpatch/kernel.h"
#include "kpatch/livepatch.h"
#include "kpatch/message.h"
#include "kpatch/transition.h"

#define TRIES	    150
#define NANOSECONDS 20000000L /* three seconds in all: the core module pauses for one at most */

static const char help[] = "Usage: kpatch signal [--json]\n"
			   "Get sleeping tasks out of the way of patches of the core module: stop "
			   "them "
			   "(SIGSTOP), which\n"
			   "takes them out of the kernel's functions, until the patch is switched, "
			   "and "
			   "let them go on\n"
			   "(SIGCONT). Their parents can see that. The kernel's livepatch signals "
			   "by "
			   "itself.\n"
			   "\n"
			   "      --json  print one JSON object\n"
			   "  -h, --help  show this text\n";

/* Stopped by us, to be let go on. */
struct stopped {
	pid_t pids[64];
	size_t count;
	struct blockers tasks; /* the same, for --json */
};

/* Field 3 of proc(5), /proc/PID/stat, behind the command, which can hold anything. */
static char state_of(pid_t pid)
{
	_cleanup_free_ char *stat = read_line("/proc/%d/stat", (int)pid);
	const char *end = stat ? strrchr(stat, ')') : NULL;

	return end && end[1] ? end[2] : 0;
}

/* Threads of the kernel have no program and take no signals. */
static bool is_kernel_thread(pid_t pid)
{
	_cleanup_free_ char *path = print_string("/proc/%d/cmdline", (int)pid);
	size_t size = 0;
	_cleanup_free_ char *line = read_file(path, &size);

	return !line || size == 0;
}

static void stop_task(struct stopped *stopped, pid_t pid, const char *reported)
{
	_cleanup_free_ char *command = read_line("/proc/%d/comm", (int)pid);
	_cleanup_free_ char *digits = NULL;

	/* Another one may have got the number by now. */
	if (!command || strcmp(printable(command), reported) != 0 || state_of(pid) == 'T')
		return;
	if (is_kernel_thread(pid)) {
		note("pid %d (%s) is a thread of the kernel, which takes no signals", (int)pid,
		     command);
		return;
	}
	if (stopped->count == sizeof(stopped->pids) / sizeof(stopped->pids[0]) || pid == getpid() ||
	    pid == 1)
		return;
	if (kill(pid, SIGSTOP) != 0)
		return;
	note("pid %d (%s) is stopped for a moment", (int)pid, command);
	stopped->pids[stopped->count++] = pid;
	digits = print_string("%d", (int)pid);
	blockers_add(&stopped->tasks, digits, command, NULL, print_string("stopped for a moment"));
}

static void stop_blockers(struct stopped *stopped, const char *name)
{
	_cleanup_(blockers_free) struct blockers blockers = core_blockers(name);

	for (size_t i = 0; i < blockers.count; i++)
		stop_task(stopped, (pid_t)strtol(blockers.items[i].pid, NULL, 10),
			  blockers.items[i].command);
}

/* While they are stopped, others can turn up in the way. */
static enum status nudge(const char *name)
{
	static const struct timespec pause = { .tv_nsec = NANOSECONDS };
	struct stopped stopped = { 0 };
	enum status status = STATUS_OK;
	sigset_t signals;

	transition_hold_signals(&signals);
	for (int i = 0; i < TRIES && core_is_under_way(name); i++) {
		stop_blockers(&stopped, name);
		nanosleep(&pause, NULL);
	}
	for (size_t i = 0; i < stopped.count; i++)
		kill(stopped.pids[i], SIGCONT);
	transition_release_signals(&signals);
	if (core_is_under_way(name)) {
		error("busy", "%s: somebody is still in the way: kpatch status names them", name);
		status = STATUS_REVERSED;
	}
	if (status == STATUS_OK || json_is_on())
		json_blockers(core_show_status(name), "stopped", &stopped.tasks);
	blockers_free(&stopped.tasks);
	return status;
}

int signal_main(int argc, char **argv)
{
	_cleanup_(names_free) struct names names = { 0 };
	_cleanup_free_ char *transition = NULL;
	int status;

	if (!only_help_option(argc, argv, help, &status))
		return status;
	if (optind != argc)
		return wrong_use(argv[0]);
	if (!kernel_lets_us("kpatch signal"))
		return STATUS_ENVIRONMENT;
	transition = livepatch_find_transition();
	if (transition)
		note("%s: the kernel's livepatch signals tasks by itself, 15 seconds into a "
		     "transition",
		     transition);
	names = core_names();
	for (size_t i = 0; i < names.count; i++)
		if (core_is_under_way(names.items[i]))
			return nudge(names.items[i]);
	if (!transition)
		tell("no patch waits for a task");
	return STATUS_OK;
}
