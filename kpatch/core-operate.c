// SPDX-License-Identifier: GPL-2.0-only
/* Loading and unloading patches of the core module. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "kpatch/cleanup.h"
#include "kpatch/core.h"
#include "kpatch/kernel.h"
#include "kpatch/kernel-log.h"
#include "kpatch/message.h"
#include "kpatch/module.h"
#include "kpatch/outlives.h"
#include "kpatch/owner.h"
#include "kpatch/replace.h"

#define POLL_NANOSECONDS 20000000L
#define FIRST_REPORT	 3 /* seconds */
#define REPORT_EVERY	 10 /* seconds */

static time_t seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

/* What @name waits for: who is in its way, or in the way of the one that it stands in line behind. */
static void note_waiting(const char *name, bool patched, long since)
{
	_cleanup_free_ char *tried = core_tried();
	const char *other = tried && strcmp(tried, name) != 0 ? tried : NULL;
	_cleanup_(blockers_free) struct blockers blockers = core_blockers(other ? other : name);

	note("waiting for %s to become %s, %ld s so far%s%s:", name,
	     patched ? "patched" : "unpatched", since, other ? ", behind another operation: " : "",
	     other ? other : "");
	blockers_show(&blockers);
	if (blockers.count > 0)
		note("  kpatch signal, in another terminal, gets sleeping tasks out of the way");
}

static int set_enabled(const char *name, bool enabled)
{
	_cleanup_free_ char *path = print_string("%s/%s/enabled", CORE_DIR, name);

	return write_text(path, enabled ? "1" : "0");
}

/*
 * The core gives up by itself when its time is over. A signal turns the operation back, which
 * takes no longer than the attempt that is being made. Whether there was one.
 */
static bool wait_for_end(const char *name, bool patched)
{
	static const struct timespec pause = { .tv_nsec = POLL_NANOSECONDS };
	time_t start = seconds(), next = start + FIRST_REPORT;
	bool turned_back = false;
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	while (core_is_under_way(name)) {
		int signal = sigtimedwait(&set, NULL, &pause);

		if (signal > 0) {
			note("%s: turned back", strsignal(signal));
			set_enabled(name, !patched);
			turned_back = true;
		}
		if (seconds() >= next) {
			note_waiting(name, patched, (long)(seconds() - start));
			next = seconds() + REPORT_EVERY;
		}
	}
	return turned_back;
}

/* Without a task in the way it was the patch's own check that has refused the last attempt. */
static void tell_busy(const char *name, bool patched, const char *attempts)
{
	_cleanup_(blockers_free) struct blockers blockers = core_blockers(name);

	blockers_show(&blockers);
	error("busy",
	      "%s: not %s, in %s attempts %s; everything is as before: try again %s, or with a "
	      "longer --timeout",
	      name, patched ? "patched" : "unpatched", attempts,
	      blockers.count > 0 ? "some task was in a function that changes (see above)"
				 : "a check of the patch found its data in use",
	      blockers.count > 0 ? "when these tasks are done, with kpatch signal in another "
				   "terminal while it waits"
				 : "later");
}

static enum status tell_turned_back(const char *name, bool patched)
{
	error("interrupted", "%s: turned back before it was %s; everything is as before", name,
	      patched ? "patched" : "unpatched");
	return STATUS_REVERSED;
}

/* "refused by HOOK: NUMBER" tells of a callback of the patch; the core module's own is in words. */
static void tell_refused(const char *name, bool patched, const char *result)
{
	char hook[32];
	int err;

	if (result && sscanf(result, "refused by %31[a-z_]: %d", hook, &err) == 2)
		error("refused",
		      "%s: not %s, the patch's own %s callback refuses: %s (%d); everything is as "
		      "before",
		      name, patched ? "patched" : "unpatched", hook,
		      err < 0 ? strerror(-err) : "no error code", err);
	else
		error("refused",
		      "%s: not %s, the core module says '%s'; everything is as before: the kernel "
		      "log (dmesg) may tell more",
		      name, patched ? "patched" : "unpatched", result ? result : "nothing");
}

/*
 * The outcome of an operation towards @patched, in words where it is not what was wanted. A patch
 * that is gone was turned back and removed by another kpatch. One that is "ok" and not in effect
 * has been so, until the next operation in line.
 */
static enum status outcome(const char *name, bool patched, bool turned_back)
{
	_cleanup_free_ char *state = core_state(name);
	_cleanup_free_ char *result = read_line("%s/%s/result", CORE_DIR, name);
	_cleanup_free_ char *attempts = read_line("%s/%s/attempts", CORE_DIR, name);
	bool ok;

	if (!state)
		return patched ? tell_turned_back(name, true) : STATUS_OK;
	if (strcmp(state, patched ? "enabled" : "disabled") == 0)
		return STATUS_OK;
	if (result && strcmp(result, "busy") == 0) {
		tell_busy(name, patched, attempts ? attempts : "all");
		return STATUS_REVERSED;
	}
	ok = result && strcmp(result, "ok") == 0;
	if ((ok && turned_back) || (result && strcmp(result, "cancelled") == 0))
		return tell_turned_back(name, patched);
	if (ok && patched) {
		note("%s: it was in effect; another call has replaced it or switched it off since",
		     name);
		return STATUS_OK;
	}
	tell_refused(name, patched, result);
	return STATUS_REFUSED;
}

static void tell_done(const char *name, const char *what)
{
	_cleanup_free_ char *pause = read_line("%s/%s/pause_us", CORE_DIR, name);
	_cleanup_free_ char *tasks = read_line("%s/%s/tasks", CORE_DIR, name);
	_cleanup_free_ char *attempts = read_line("%s/%s/attempts", CORE_DIR, name);

	tell("%s: %s, all processors stood still for %s us (%s tasks, attempt %s)", name, what,
	     pause ? pause : "?", tasks ? tasks : "?", attempts ? attempts : "?");
}

static int set_timeout(unsigned int timeout)
{
	_cleanup_free_ char *text = print_string("%u", timeout * 1000);

	return write_text("/sys/module/" CORE_MODULE "/parameters/timeout_ms", text);
}

/* As they are built, and as dkms and the kernel's own installation compress them. */
static char *find_core_in(const char *directory, int length)
{
	static const char *const ends[] = { "", ".xz", ".zst", ".gz" };

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		char *path = print_string("%.*s" CORE_MODULE ".ko%s", length, directory, ends[i]);

		if (path_exists("%s", path))
			return path;
		free(path);
	}
	return NULL;
}

/* Beside the patch module, or where modules from outside the kernel's tree are installed. */
static char *find_core(const char *patch)
{
	static const char *const directories[] = { "updates/dkms", "updates", "extra" };
	const char *slash = strrchr(patch, '/');
	char *path = find_core_in(patch, slash ? slash + 1 - patch : 0);
	_cleanup_free_ char *release = kernel_release();

	for (size_t i = 0; !path && i < sizeof(directories) / sizeof(directories[0]); i++) {
		_cleanup_free_ char *directory =
			print_string("/lib/modules/%s/%s/", release, directories[i]);

		path = find_core_in(directory, strlen(directory));
	}
	return path;
}

static enum status need_core(const char *patch)
{
	_cleanup_free_ char *path = NULL;
	int err;

	if (module_is_loaded(CORE_MODULE))
		return STATUS_OK;
	path = find_core(patch);
	if (!path) {
		error("module-missing",
		      "%s: it needs the core module, and there is no kpatch.ko beside it or below "
		      "/lib/modules: kpatch-build writes one",
		      patch);
		return STATUS_ENVIRONMENT;
	}
	err = module_insert(path);
	if (!err || err == -EEXIST)
		return STATUS_OK;
	module_explain_insert(CORE_MODULE, path, err);
	return STATUS_REFUSED;
}

/* It may have been in effect and was switched off since, not one that never came to be. */
static bool was_in_effect(const char *name)
{
	_cleanup_free_ char *result = read_line("%s/%s/result", CORE_DIR, name);

	return result && strcmp(result, "ok") == 0;
}

/* A patch that is not in effect does nothing and cannot be used again by its file. */
static void remove_module(const char *name)
{
	int err;

	if (was_in_effect(name) && outlives_note_stays(name))
		return;
	err = module_remove(name);
	if (err)
		module_explain_remove(name, err);
}

static bool is_in_state(const char *name, const char *wanted)
{
	_cleanup_free_ char *state = core_state(name);

	return state && strcmp(state, wanted) == 0;
}

/*
 * What an earlier load has left. A patch is "disabled" too in the moment in which its module is
 * inserted, or has been switched off by somebody who is about to remove it.
 */
static enum status remove_unused(const char *name)
{
	int err;

	if (!is_in_state(name, "disabled"))
		return STATUS_OK;
	if (was_in_effect(name) && outlives_refuse_anew(name))
		return STATUS_REFUSED;
	err = module_remove(name);
	if (!err)
		return STATUS_OK;
	if (err == -EBUSY || !is_in_state(name, "disabled"))
		module_explain_under_way(name);
	else
		module_explain_remove(name, err);
	return STATUS_REFUSED;
}

/* The patches in effect. */
static struct names enabled_names(void)
{
	_cleanup_(names_free) struct names all = core_names();
	struct names names = { 0 };

	for (size_t i = 0; i < all.count; i++)
		if (is_in_state(all.items[i], "enabled"))
			names_add(&names, all.items[i]);
	return names;
}

static void tell_replaced(const struct names *before)
{
	for (size_t i = 0; i < before->count; i++)
		if (is_in_state(before->items[i], "disabled"))
			replace_tell_stays(before->items[i]);
}

/*
 * Without the look at the stacks, a task could return into a function that is half changed (data
 * and code together), or whose module is gone: there is no milder half of it to offer.
 */
void core_refuse_force(const char *what)
{
	error("force-unsupported",
	      "%s: the core module cannot be forced: it changes data and frees code on the word of "
	      "the stack check, and without that tasks would return into what is gone; leave out "
	      "--force, and use kpatch signal or a longer --timeout",
	      what);
}

enum status core_load(const struct modfile *file, unsigned int timeout, struct json_object *entry)
{
	_cleanup_(names_free) struct names before = enabled_names();
	enum status status = need_core(file->path);
	int err, log;

	if (status != STATUS_OK)
		return status;
	status = remove_unused(file->name);
	if (status != STATUS_OK)
		return status;
	set_timeout(timeout);
	log = kernel_log_open();
	err = module_insert(file->path);
	if (err)
		owner_explain_insert(file, err, log);
	if (log >= 0)
		close(log);
	if (err) {
		json_text(entry, "state", "absent");
		return STATUS_REFUSED;
	}
	status = outcome(file->name, true, wait_for_end(file->name, true));
	core_json_operation(entry, file->name);
	if (status != STATUS_OK) {
		remove_module(file->name);
		return status;
	}
	tell_done(file->name, "loaded and enabled");
	tell_replaced(&before);
	return status;
}

/* The core module has logged why, unless another call was faster. */
static enum status cannot_disable(const char *name, int err, int log)
{
	_cleanup_free_ char *what = print_string("%s: cannot disable it", name);

	if (kernel_log_tell_refusals(log, name, what))
		return STATUS_REFUSED;
	if (err == -EBUSY && !is_in_state(name, "enabled"))
		error("under-way",
		      "%s: another call is unloading it already: kpatch status tells how far it is",
		      name);
	else
		error("disable-failed", "%s: cannot disable it: %s", name, strerror(-err));
	return STATUS_REFUSED;
}

static enum status disable(const char *name, struct json_object *entry)
{
	enum status status = STATUS_OK;
	int log = kernel_log_open();
	int err = set_enabled(name, false);

	if (err && core_has(name))
		status = cannot_disable(name, err, log);
	if (log >= 0)
		close(log);
	if (status != STATUS_OK)
		return status;
	status = outcome(name, false, wait_for_end(name, false));
	core_json_operation(entry, name);
	if (status == STATUS_OK && core_has(name))
		tell_done(name, "disabled");
	return status;
}

enum status core_unload(const char *name, unsigned int timeout, bool keep_module,
			struct json_object *entry)
{
	enum status status = STATUS_OK;
	int err;

	set_timeout(timeout);
	if (is_in_state(name, "disabled"))
		core_json_operation(entry, name);
	else
		status = disable(name, entry);
	if (status != STATUS_OK)
		return status;
	if (keep_module) {
		tell("%s: disabled; its module stays loaded", name);
		return STATUS_OK;
	}
	err = module_remove(name);
	if (err) {
		module_explain_remove(name, err);
		return STATUS_REFUSED;
	}
	json_text(entry, "state", "removed");
	tell("%s: removed", name);
	return STATUS_OK;
}
