/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KPATCH_TRANSITION_H
#define KPATCH_TRANSITION_H

#include <signal.h>
#include <stdbool.h>

#include "kpatch/json.h"
#include "kpatch/status.h"

#define TRANSITION_TIMEOUT     60 /* seconds, unless the user says otherwise */
#define TRANSITION_TIMEOUT_MAX 604800 /* a week */

/* What the user asked of a load or unload, and what came of it. */
struct operation {
	unsigned int timeout; /* seconds */
	bool force; /* when the time is over, force the transition instead of reversing it */
	bool forced; /* set when that was done */
	bool outlives; /* remove the module although addresses in it may be kept (outlives.h) */
	bool keep_module; /* switch the patch off, and leave its module loaded */
	struct json_object *entry; /* of the patch in the output; NULL without --json */
};

/*
 * From here on SIGINT, SIGTERM and SIGHUP do not end the program: transition_settle() takes them.
 * @before receives the signal mask to go back to (transition_release_signals()).
 */
void transition_hold_signals(sigset_t *before);
void transition_release_signals(const sigset_t *before);

/*
 * Wait until the livepatch @name, which is in transition, is patched (or, with @patched false,
 * unpatched), and show what blocks it meanwhile. After the time limit it is reversed and waited for
 * as long again, or forced where that is asked for; a signal reverses it always.
 *
 * Returns STATUS_OK, STATUS_REVERSED, or STATUS_STUCK when the reversal is not complete either;
 * the latter two have been explained on standard error. Signals must be held.
 */
enum status transition_settle(const char *name, bool patched, struct operation *operation);

/*
 * The same for a transition that is on its way back already: it is not reversed again, but left
 * going (or forced) after the time limit, or a signal (STATUS_STUCK, explained on standard error).
 * STATUS_REVERSED, without a word, when something else turned it.
 */
enum status transition_finish(const char *name, bool patched, struct operation *operation);

/* The argument of --timeout. False with a message when it is not a number of seconds. */
bool transition_parse_timeout(const char *text, unsigned int *timeout);

#endif /* KPATCH_TRANSITION_H */
