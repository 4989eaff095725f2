// SPDX-License-Identifier: GPL-2.0-only
/* kpatch signal */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <time.h>
#include <unistd.h>

#include "kpatch/blockers.h"
#include "kpatch/commands.h"
#include "kpatch/core.h"
#include "kpatch/files.h"
#include "kpatch/json.h"
#include "kpatch/kernel.h"
#include "kpatch/livepatch.h"
#include "kpatch/message.h"
#include "kpatch/task.h"

#define TRIES	    150
#define NANOSECONDS 20000000L /* three seconds in all: the core module pauses for one at most */

/* Linux include/linux/proc_ns.h, PROC_PID_INIT_INO: the initial namespace. */
#define INITIAL_PID_NAMESPACE "pid:[4026531836]"

static const char help[] = "Usage: kpatch signal [--json]\n"
			   "Get sleeping tasks out of the way of patches of the core module: stop "
			   "them, as a\n"
			   "debugger does, which takes them out of the kernel's functions, until "
			   "the patch is\n"
			   "switched or this command ends. The kernel's livepatch signals by "
			   "itself.\n"
			   "\n"
			   "      --json  print one JSON object\n"
			   "  -h, --help  show this text\n";

/* What was done about each task, so that it is done and said once. */
struct nudged {
	struct names told; /* nothing can be done */
	struct names pids; /* stopped by us */
	struct blockers tasks; /* the same, for --json */
};

/* Why the task cannot be stopped, or NULL. */
static const char *why_not(const char *pid)
{
	struct task task = task_read(pid);

	if (task.flags & PF_KTHREAD)
		return "is a thread of the kernel, which takes no signals";
	if (task.flags & PF_IO_WORKER)
		return "is a worker of io_uring, which takes no signals";
	if (task.state == 'D')
		return "sleeps uninterruptibly: signals do not help";
	return NULL;
}

static void tell_once(struct nudged *nudged, const struct blocker *blocker, const char *what)
{
	if (names_has(&nudged->told, blocker->pid))
		return;
	note("pid %s (%s) %s", blocker->pid, blocker->command, what);
	names_add(&nudged->told, blocker->pid);
}

/*
 * By ptrace(2): however we end, the kernel lets a task go on then, and the task's parent does not
 * see that it was stopped.
 */
static bool stop_thread(pid_t pid)
{
	return ptrace(PTRACE_SEIZE, pid, NULL, NULL) == 0 &&
	       ptrace(PTRACE_INTERRUPT, pid, NULL, NULL) == 0;
}

/*
 * Whether another task has got the number by now. The core module escapes what is no printable
 * ASCII: such names are not compared.
 */
static bool is_another(const struct blocker *blocker, const char *command)
{
	for (const char *c = command; *c; c++)
		if (*c < ' ' || *c > '~')
			return false;
	return strcmp(command, blocker->command) != 0;
}

static void stop_task(struct nudged *nudged, const struct blocker *blocker)
{
	pid_t pid = (pid_t)strtol(blocker->pid, NULL, 10);
	_cleanup_free_ char *command = read_line("/proc/%d/comm", (int)pid);
	const char *why = why_not(blocker->pid);

	if (!command || is_another(blocker, command))
		return;
	if (pid == getpid() || pid == 1 || names_has(&nudged->pids, blocker->pid))
		return;
	if (why) {
		tell_once(nudged, blocker, why);
		return;
	}
	if (!stop_thread(pid)) {
		tell_once(nudged, blocker,
			  errno == EPERM ? "cannot be stopped: a debugger has it"
					 : "cannot be stopped");
		return;
	}
	note("pid %s (%s) is stopped for a moment", blocker->pid, blocker->command);
	names_add(&nudged->pids, blocker->pid);
	blockers_add(&nudged->tasks, blocker->pid, command, NULL,
		     print_string("stopped for a moment"));
}

static void stop_blockers(struct nudged *nudged, const char *name)
{
	_cleanup_(blockers_free) struct blockers blockers = core_blockers(name);

	for (size_t i = 0; i < blockers.count; i++)
		stop_task(nudged, &blockers.items[i]);
}

/*
 * While they are stopped, others can turn up in the way. They are let go on by the end of this
 * process, which is now.
 */
static enum status nudge(const char *name)
{
	static const struct timespec pause = { .tv_nsec = NANOSECONDS };
	struct nudged nudged = { 0 };
	enum status status = STATUS_OK;

	for (int i = 0; i < TRIES && core_is_under_way(name); i++) {
		stop_blockers(&nudged, name);
		nanosleep(&pause, NULL);
	}
	if (core_is_under_way(name)) {
		error("busy", "%s: somebody is still in the way: kpatch status names them", name);
		status = STATUS_REVERSED;
	}
	if (status == STATUS_OK || json_is_on())
		json_blockers(core_show_status(name), "stopped", &nudged.tasks);
	blockers_free(&nudged.tasks);
	names_free(&nudged.pids);
	names_free(&nudged.told);
	return status;
}

/* The numbers of tasks that the core module tells are those of the initial namespace. */
static bool in_initial_namespace(void)
{
	char target[64];
	ssize_t size = readlink("/proc/self/ns/pid", target, sizeof(target) - 1);

	if (size < 0)
		return true;
	target[size] = '\0';
	if (!strcmp(target, INITIAL_PID_NAMESPACE))
		return true;
	error("pid-namespace", "in this namespace the tasks have other numbers than the core "
			       "module tells; run "
			       "kpatch signal outside of the container");
	return false;
}

int signal_main(int argc, char **argv)
{
	_cleanup_(names_free) struct names names = { 0 };
	_cleanup_free_ char *transition = NULL, *tried = NULL;
	int status;

	if (!only_help_option(argc, argv, help, &status))
		return status;
	if (optind != argc)
		return wrong_use(argv[0]);
	if (!kernel_lets_us("kpatch signal") || !in_initial_namespace())
		return STATUS_ENVIRONMENT;
	transition = livepatch_find_transition();
	if (transition)
		note("%s: the kernel's livepatch signals tasks by itself, 15 seconds into a "
		     "transition",
		     transition);
	tried = core_tried();
	if (tried)
		return nudge(tried);
	names = core_names();
	for (size_t i = 0; i < names.count; i++)
		if (core_is_under_way(names.items[i]))
			return nudge(names.items[i]);
	if (!transition)
		tell("no patch waits for a task");
	return STATUS_OK;
}
