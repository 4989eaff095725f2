// SPDX-License-Identifier: GPL-2.0-only
/* kpatch unload */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "kpatch/cleanup.h"
#include "kpatch/commands.h"
#include "kpatch/core.h"
#include "kpatch/json.h"
#include "kpatch/kernel.h"
#include "kpatch/livepatch.h"
#include "kpatch/message.h"
#include "kpatch/modfile.h"
#include "kpatch/module.h"
#include "kpatch/outlives.h"
#include "kpatch/transition.h"

static const char help[] = "Usage: kpatch unload [--timeout SECONDS] [--force] [--keep-module] "
			   "[--outlives]\n"
			   "                     NAME|FILE.ko...\n"
			   "Disable livepatches, wait until every task of the system runs the "
			   "original code, and\n"
			   "remove their modules.\n"
			   "\n"
			   "  -t, --timeout SECONDS  enable again what is still in use after that "
			   "time (60)\n"
			   "  -f, --force            force it then instead: tasks change over in "
			   "the middle of\n"
			   "                         functions, which can crash the kernel or "
			   "damage "
			   "data, and the\n"
			   "                         module stays until the next boot; not with "
			   "patches of the\n"
			   "                         core module\n"
			   "  -k, --keep-module      only disable them: their modules stay loaded, "
			   "with their code\n"
			   "      --outlives         remove also a module whose addresses may "
			   "still "
			   "be kept by a\n"
			   "                         timer, a thread or an open file (kpatch info "
			   "names them): you\n"
			   "                         know that none is, else the kernel can crash\n"
			   "      --json             print one JSON object\n"
			   "  -h, --help             show this text\n";

/* A file tells its own name; anything else is one. NULL after a message. */
static char *name_of(const char *argument)
{
	size_t length = strlen(argument);
	struct modfile file;
	char *name;

	if (strchr(argument, '/') || (length > 3 && strcmp(argument + length - 3, ".ko") == 0)) {
		if (!modfile_open(&file, argument))
			return NULL;
		name = print_string("%s", file.name);
		modfile_close(&file);
		return name;
	}
	name = module_name(argument);
	if (!name)
		error("bad-name", "%s: no module can have that name: kpatch list shows the names",
		      argument);
	return name;
}

/* @before is what the module's state was when no back end had a patch of that name. */
static enum status check_name(const char *name, const char *before)
{
	_cleanup_free_ char *after = NULL;

	if (livepatch_state(name) != LIVEPATCH_ABSENT)
		return STATUS_OK;
	after = module_state(name);
	if (!after) {
		error("not-loaded",
		      "%s: no livepatch of that name is loaded: kpatch list shows them", name);
		return STATUS_NO_SUCH;
	}
	if (!module_was_live(before, after)) {
		module_explain_under_way(name);
		return STATUS_REFUSED;
	}
	if (!module_is_livepatch(name)) {
		error("not-a-livepatch",
		      "%s: a module, but not a livepatch: rmmod removes an ordinary module", name);
		return STATUS_USAGE;
	}
	return STATUS_OK;
}

static enum status cannot_disable(const char *name, int err)
{
	_cleanup_free_ char *other = err == -EBUSY ? livepatch_find_transition() : NULL;

	if (other)
		error("transition-in-progress",
		      "%s: the livepatch %s is in transition, and the kernel does one at a time: "
		      "wait until kpatch list shows it done, or unload that first",
		      name, other);
	else if (err == -EBUSY)
		error("not-on-top",
		      "%s: the kernel is busy: a transition has just ended (try again), or, before "
		      "Linux 5.1, a later livepatch lies on top of it (unload that first)",
		      name);
	else
		error("disable-failed", "%s: cannot disable it: %s", name, strerror(-err));
	return STATUS_REFUSED;
}

/*
 * One that is in transition was never fully in effect, or is leaving: it must not end up enabled
 * because this takes too long.
 */
static enum status disable(const char *name, struct operation *operation)
{
	enum livepatch_state state = livepatch_state(name);
	enum status status;
	int err = 0;

	if (state == LIVEPATCH_ENABLED || state == LIVEPATCH_PATCHING)
		err = livepatch_set_enabled(name, false);
	if (err && livepatch_state(name) != LIVEPATCH_ABSENT)
		return cannot_disable(name, err);
	if (state == LIVEPATCH_ENABLED)
		return transition_settle(name, false, operation);
	status = transition_finish(name, false, operation);
	if (status == STATUS_REVERSED)
		error("transition-reversed", "%s: something else has enabled it again", name);
	return status;
}

static enum status unload(const char *name, struct operation *operation)
{
	enum status status;
	sigset_t signals;
	int err = 0;

	transition_hold_signals(&signals);
	status = disable(name, operation);
	if (status == STATUS_OK && !operation->forced && !operation->keep_module)
		err = module_remove(name);
	transition_release_signals(&signals);

	json_text(operation->entry, "state", livepatch_state_word(livepatch_state(name)));
	if (status != STATUS_OK)
		return status;
	if (err) {
		module_explain_remove(name, err);
		return STATUS_REFUSED;
	}
	/* Tasks may still be in its code: the kernel keeps it for good. */
	if (operation->forced) {
		tell("%s: disabled by force; its module stays loaded until the next boot", name);
		return STATUS_OK;
	}
	if (operation->keep_module) {
		tell("%s: disabled; its module stays loaded", name);
		return STATUS_OK;
	}
	json_text(operation->entry, "state", "removed");
	tell("%s: disabled and removed", name);
	return STATUS_OK;
}

static enum status unload_core(const char *name, const struct operation *operation)
{
	enum status status;
	sigset_t signals;

	if (operation->force) {
		core_refuse_force(name);
		return STATUS_REFUSED;
	}
	transition_hold_signals(&signals);
	status = core_unload(name, operation->timeout, operation->keep_module,
			     json_new_patch(name, "core"));
	transition_release_signals(&signals);
	return status;
}

static bool must_stay(const char *name, const struct operation *operation)
{
	return !operation->outlives && !operation->keep_module && outlives_refuse(name);
}

/* @operation is this patch's own. */
static enum status unload_argument(const char *argument, struct operation operation)
{
	_cleanup_free_ char *name = name_of(argument);
	_cleanup_free_ char *before = name ? module_state(name) : NULL;
	enum status status;

	if (!name)
		return STATUS_USAGE;
	if (core_has(name))
		return must_stay(name, &operation) ? STATUS_REFUSED : unload_core(name, &operation);
	if (!kernel_has_livepatch())
		return STATUS_ENVIRONMENT;
	status = check_name(name, before);
	if (status != STATUS_OK)
		return status;
	if (must_stay(name, &operation))
		return STATUS_REFUSED;
	operation.entry = json_new_patch(name, "livepatch");
	return unload(name, &operation);
}

int unload_main(int argc, char **argv)
{
	static const struct option long_options[] = {
		{ "force", no_argument, NULL, 'f' },	{ "keep-module", no_argument, NULL, 'k' },
		{ "outlives", no_argument, NULL, 'o' }, { "timeout", required_argument, NULL, 't' },
		{ "help", no_argument, NULL, 'h' },	{ 0 },
	};
	struct operation operation = { .timeout = TRANSITION_TIMEOUT };
	enum status status = STATUS_OK;
	int option;

	while ((option = getopt_long(argc, argv, "fkt:h", long_options, NULL)) != -1) {
		switch (option) {
		case 'f':
			operation.force = true;
			break;
		case 'k':
			operation.keep_module = true;
			break;
		case 'o':
			operation.outlives = true;
			break;
		case 't':
			if (!transition_parse_timeout(optarg, &operation.timeout))
				return STATUS_USAGE;
			break;
		case 'h':
			return show_help(help);
		default:
			return wrong_option(argv);
		}
	}
	if (optind == argc)
		return wrong_use(argv[0]);
	if (!kernel_lets_us("kpatch unload"))
		return STATUS_ENVIRONMENT;
	for (int i = optind; status == STATUS_OK && i < argc; i++)
		status = unload_argument(argv[i], operation);
	return status;
}
