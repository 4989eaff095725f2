// SPDX-License-Identifier: GPL-2.0-only
/* Waiting for a transition, and reversing one that does not complete. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "kpatch/blockers.h"
#include "kpatch/cleanup.h"
#include "kpatch/files.h"
#include "kpatch/livepatch.h"
#include "kpatch/message.h"
#include "kpatch/transition.h"

#define POLL_NANOSECONDS 50000000L
#define FIRST_REPORT	 3 /* seconds; most transitions are complete before */
#define REPORT_EVERY	 10 /* seconds */
#define FORCED_TIMEOUT	 30 /* seconds, of which the kernel needs one or two */

enum wait_end { WAIT_DONE, WAIT_TIMEOUT, WAIT_SIGNAL };

static sigset_t ending_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	return set;
}

void transition_hold_signals(sigset_t *before)
{
	sigset_t set = ending_signals();

	sigprocmask(SIG_BLOCK, &set, before);
}

void transition_release_signals(const sigset_t *before)
{
	sigprocmask(SIG_SETMASK, before, NULL);
}

static time_t seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

static void show_blockers(const char *name, bool patched, struct json_object *entry)
{
	_cleanup_(blockers_free) struct blockers blockers = blockers_find(name, patched);

	blockers_show(&blockers);
	if (blockers.count == 0 && livepatch_in_transition(livepatch_state(name)))
		note("  blocked by no task in /proc: by the idle task of a processor, or by one of "
		     "another pid namespace");
	json_blockers(entry, "blockers", &blockers);
}

static void report(const char *name, bool patched, long waited)
{
	note("waiting for %s to become %s, %ld s so far:", name, patched ? "patched" : "unpatched",
	     waited);
	show_blockers(name, patched, NULL);
}

static enum wait_end wait_for_end(const char *name, bool patched, unsigned int timeout)
{
	static const struct timespec pause = { .tv_nsec = POLL_NANOSECONDS };
	sigset_t set = ending_signals();
	time_t start = seconds(), next = start + FIRST_REPORT;

	while (livepatch_in_transition(livepatch_state(name))) {
		time_t now = seconds();
		int signal;

		if (now - start >= timeout)
			return WAIT_TIMEOUT;
		if (now >= next) {
			report(name, patched, now - start);
			next = now + REPORT_EVERY;
		}
		signal = sigtimedwait(&set, NULL, &pause);
		if (signal > 0) {
			note("%s", strsignal(signal));
			return WAIT_SIGNAL;
		}
	}
	return WAIT_DONE;
}

static enum status left_alone(const char *name, bool patched, const char *why)
{
	_cleanup_free_ char *then = patched ? print_string("kpatch list shows when")
					    : print_string("kpatch unload %s waits for that and "
							   "removes its module",
							   name);

	show_blockers(name, patched, NULL);
	error("reverse-blocked",
	      "%s: going back to %s is not complete either (%s); left as it is: the kernel goes on "
	      "and completes it when these tasks leave the patch's functions; %s. Nothing was "
	      "forced",
	      name, patched ? "patched" : "unpatched", why, then);
	return STATUS_STUCK;
}

static bool reached(const char *name, bool patched)
{
	return (livepatch_state(name) == LIVEPATCH_ENABLED) == patched;
}

/* The tasks in the way have been named; what can happen to them is said before it can. */
static enum status force(const char *name, bool patched, struct operation *operation)
{
	const char *goal = patched ? "patched" : "unpatched";
	int err;

	warning("forcing",
		"%s: not %s after %u s: forcing it, as --force says: these tasks change over in "
		"the middle of functions, old and new code run side by side, which can crash the "
		"kernel or damage data; modules of patches that go by this stay loaded until the "
		"next boot",
		name, goal, operation->timeout);
	err = livepatch_force(name);
	/* It may have ended just now. */
	if (err && reached(name, patched) && !livepatch_in_transition(livepatch_state(name)))
		return STATUS_OK;
	if (err) {
		error("force-failed", "%s: the kernel does not force it: %s; it goes on by itself",
		      name, strerror(-err));
		return STATUS_STUCK;
	}
	operation->forced = true;
	json_flag(operation->entry, "forced", true);
	if (wait_for_end(name, patched, FORCED_TIMEOUT) == WAIT_DONE && reached(name, patched))
		return STATUS_OK;
	error("force-failed",
	      "%s: forced, but not %s yet; the kernel goes on: kpatch status shows how far it is",
	      name, goal);
	return STATUS_STUCK;
}

enum status transition_finish(const char *name, bool patched, struct operation *operation)
{
	switch (wait_for_end(name, patched, operation->timeout)) {
	case WAIT_TIMEOUT:
		if (!operation->force)
			return left_alone(name, patched, "time limit");
		show_blockers(name, patched, operation->entry);
		return force(name, patched, operation);
	case WAIT_SIGNAL:
		return left_alone(name, patched, "interrupted");
	case WAIT_DONE:
		break;
	}
	return reached(name, patched) ? STATUS_OK : STATUS_REVERSED;
}

/* Turn the transition to the opposite of @patched, and wait for that. */
static enum status reverse(const char *name, bool patched, unsigned int timeout)
{
	struct operation back = { .timeout = timeout };
	int err = livepatch_set_enabled(name, !patched);

	/* It may have ended just now. */
	if (err && !livepatch_in_transition(livepatch_state(name)) && reached(name, patched))
		return STATUS_OK;
	if (err && livepatch_in_transition(livepatch_state(name)))
		return left_alone(name, !patched, strerror(-err));
	if (transition_finish(name, !patched, &back) == STATUS_STUCK)
		return STATUS_STUCK;
	error("transition-reversed", "%s: did not become %s and was reversed: it is %s", name,
	      patched ? "patched" : "unpatched",
	      patched ? "not in effect, the code from before runs" : "still in effect");
	return STATUS_REVERSED;
}

static enum status too_late(const char *name, bool patched, struct operation *operation)
{
	show_blockers(name, patched, operation->entry);
	if (operation->force)
		return force(name, patched, operation);
	warning("transition-timeout",
		"%s: not %s after %u s: reversing; try again when the tasks above are done, or "
		"with a longer --timeout",
		name, patched ? "patched" : "unpatched", operation->timeout);
	return reverse(name, patched, operation->timeout);
}

enum status transition_settle(const char *name, bool patched, struct operation *operation)
{
	const char *goal = patched ? "patched" : "unpatched";

	switch (wait_for_end(name, patched, operation->timeout)) {
	case WAIT_DONE:
		break;
	case WAIT_TIMEOUT:
		return too_late(name, patched, operation);
	case WAIT_SIGNAL:
		warning("interrupted",
			"%s: interrupted before it was %s: reversing; a second interruption leaves "
			"it reversing",
			name, goal);
		return reverse(name, patched, operation->timeout);
	}
	if (reached(name, patched))
		return STATUS_OK;
	error("transition-reversed", "%s: did not become %s: something else reversed it", name,
	      goal);
	return STATUS_REVERSED;
}

bool transition_parse_timeout(const char *text, unsigned int *timeout)
{
	unsigned long value;
	char *end;

	errno = 0;
	value = strtoul(text, &end, 10);
	if (text[0] >= '0' && text[0] <= '9' && *end == '\0' && errno == 0 && value >= 1 &&
	    value <= TRANSITION_TIMEOUT_MAX) {
		*timeout = value;
		return true;
	}
	error("usage", "--timeout %s: give a number of seconds from 1 to %d", text,
	      TRANSITION_TIMEOUT_MAX);
	return false;
}
