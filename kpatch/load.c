// SPDX-License-Identifier: GPL-2.0-only
/* kpatch load */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "kpatch/check.h"
#include "kpatch/cleanup.h"
#include "kpatch/commands.h"
#include "kpatch/core.h"
#include "kpatch/files.h"
#include "kpatch/json.h"
#include "kpatch/kernel.h"
#include "kpatch/livepatch.h"
#include "kpatch/message.h"
#include "kpatch/modfile.h"
#include "kpatch/module.h"
#include "kpatch/outlives.h"
#include "kpatch/owner.h"
#include "kpatch/replace.h"
#include "kpatch/store.h"
#include "kpatch/transition.h"
#include "kpatch/verify.h"

static const char help[] = "Usage: kpatch load [--timeout SECONDS] [--force] [--verify] "
			   "FILE.ko...\n"
			   "       kpatch load [--timeout SECONDS] [--force] [--verify] --all\n"
			   "Load patch modules and wait until every task of the system runs the "
			   "patched code.\n"
			   "All files are checked before the first is loaded.\n"
			   "\n"
			   "  -a, --all              load what lies in /var/lib/kpatch/RELEASE for "
			   "the running\n"
			   "                         kernel, in the order of the names\n"
			   "  -t, --timeout SECONDS  reverse what is not in effect after that time "
			   "(60)\n"
			   "  -f, --force            force it then instead: tasks change over in "
			   "the middle of\n"
			   "                         functions, which can crash the kernel or "
			   "damage "
			   "data, and\n"
			   "                         modules that go by it stay until the next "
			   "boot; "
			   "not with\n"
			   "                         patches of the core module\n"
			   "      --verify           load nothing unless the code in memory that "
			   "it "
			   "replaces is\n"
			   "                         the shipped code that the patch was made for\n"
			   "      --json             print one JSON object\n"
			   "  -h, --help             show this text\n";

struct load_options {
	unsigned int timeout;
	bool all;
	bool force;
	bool verify;
};

/* Since 5.1 the kernel cannot enable a disabled livepatch again: it must be loaded anew. */
static int remove_disabled(const char *name)
{
	int err;

	if (!module_is_loaded(name))
		return 0;
	if (outlives_refuse_anew(name))
		return -EBUSY;
	note("%s is loaded but disabled, which cannot be undone: removing its module, to load it "
	     "anew",
	     name);
	err = module_remove(name);
	if (err)
		module_explain_remove(name, err);
	return err;
}

/* What a load that came to nothing leaves behind is a module that does nothing any more. */
static void remove_reversed(const char *name)
{
	int err;

	if (outlives_note_stays(name))
		return;
	err = module_remove(name);
	if (err)
		module_explain_remove(name, err);
	else
		note("%s: its module is removed again", name);
}

static enum status insert_and_settle(const struct modfile *file, struct operation *operation)
{
	enum status status;
	int err = module_insert(file->path);

	if (err) {
		owner_explain_insert(file, err, -1);
		return STATUS_REFUSED;
	}
	if (livepatch_state(file->name) == LIVEPATCH_ABSENT) {
		error("not-enabled",
		      "%s: the module %s was loaded, but enabled no livepatch; see the kernel log "
		      "(dmesg)",
		      file->path, file->name);
		remove_reversed(file->name);
		return STATUS_REFUSED;
	}
	status = transition_settle(file->name, true, operation);
	if (status == STATUS_REVERSED)
		remove_reversed(file->name);
	return status;
}

static enum status load_core_module(const struct modfile *file, const struct operation *operation)
{
	enum status status;
	sigset_t signals;

	transition_hold_signals(&signals);
	status = core_load(file, operation->timeout, operation->entry);
	transition_release_signals(&signals);
	return status;
}

static enum status load_module(const struct modfile *file, struct operation *operation)
{
	_cleanup_(names_free) struct names others = livepatch_names();
	enum status status;
	sigset_t signals;

	if (remove_disabled(file->name))
		return STATUS_REFUSED;
	if (!modfile_info(file, "kpatch_build_id", NULL))
		warning("no-build-id",
			"%s: it does not tell the build-id of its kernel (not made by "
			"kpatch-build); only its version magic was checked",
			file->path);
	replace_announce(file, &others);

	transition_hold_signals(&signals);
	status = insert_and_settle(file, operation);
	if (status == STATUS_OK) {
		tell("%s: loaded and enabled%s", file->name, operation->forced ? ", by force" : "");
		replace_tell_replaced(&others);
	}
	transition_release_signals(&signals);
	json_text(operation->entry, "state", livepatch_state_word(livepatch_state(file->name)));
	return status;
}

static enum status check_wanted(const struct modfile *file, const struct load_options *options)
{
	if (!options->force || !modfile_is_core(file))
		return check_module(file);
	core_refuse_force(file->path);
	return STATUS_REFUSED;
}

static enum status check_and_verify(const struct modfile *file, const struct load_options *options)
{
	enum status status = check_wanted(file, options);

	if (status != STATUS_OK || !options->verify)
		return status;
	return verify_module(file, &running_files, VERIFY_SUMMARY, NULL);
}

static enum status check_file(const char *path, const struct load_options *options)
{
	struct modfile file;
	enum status status;

	if (!modfile_open(&file, path))
		return STATUS_USAGE;
	status = check_and_verify(&file, options);
	modfile_close(&file);
	return status;
}

static bool is_enabled(const char *name)
{
	_cleanup_free_ char *state = core_state(name);

	return livepatch_state(name) == LIVEPATCH_ENABLED ||
	       (state && strcmp(state, "enabled") == 0);
}

static struct json_object *new_entry(const struct modfile *file)
{
	struct json_object *entry =
		json_new_patch(file->name, modfile_is_core(file) ? "core" : "livepatch");

	json_text(entry, "file", file->path);
	return entry;
}

static enum status load_checked(const struct modfile *file, const struct load_options *options)
{
	struct operation operation = {
		.timeout = options->timeout,
		.force = options->force,
		.entry = new_entry(file),
	};

	return modfile_is_core(file) ? load_core_module(file, &operation)
				     : load_module(file, &operation);
}

static enum status load_file(const char *path, const struct load_options *options)
{
	struct modfile file;
	enum status status;

	if (!modfile_open(&file, path))
		return STATUS_USAGE;
	if (options->all && is_enabled(file.name)) {
		tell("%s: enabled already", file.name);
		json_text(new_entry(&file), "state", "enabled");
		status = STATUS_OK;
	} else {
		/* Loading the ones before it may have changed the answer. */
		status = check_and_verify(&file, options);
		if (status == STATUS_OK)
			status = load_checked(&file, options);
	}
	modfile_close(&file);
	return status;
}

static bool replaces_all(const char *path)
{
	const char *replace;
	struct modfile file;
	bool answer;

	if (!modfile_try(&file, path))
		return false;
	replace = modfile_info(&file, "kpatch_replace", NULL);
	answer = replace && strcmp(replace, "1") == 0 && check_is_for_this_kernel(&file);
	modfile_close(&file);
	return answer;
}

static void tell_left_out(const char *path, const char *by)
{
	_cleanup_free_ char *name = module_name(path);
	struct json_object *entry = json_new_patch(name, NULL);

	json_text(entry, "file", path);
	json_text(entry, "replaced_by", by);
	tell("%s: not loaded, %s replaces it", path, by);
}

/* Those before the last one that replaces all would be gone again when it is loaded. */
static size_t first_to_load(const struct names *files)
{
	size_t first = files->count;

	while (first > 0 && !replaces_all(files->items[first - 1]))
		first--;
	if (first == 0)
		return 0;
	first--;
	for (size_t i = 0; i < first; i++)
		tell_left_out(files->items[i], files->items[first]);
	return first;
}

/*
 * At boot one bad patch must not keep the others out; but what blocks one transition is likely to
 * block the next.
 */
static enum status load_all(const struct load_options *options)
{
	_cleanup_(names_free) struct names files = store_files();
	_cleanup_free_ char *directory = store_directory();
	enum status status = STATUS_OK;

	if (files.count == 0)
		tell("no patches in %s", directory);
	for (size_t i = first_to_load(&files); i < files.count; i++) {
		enum status one = load_file(files.items[i], options);

		if (status == STATUS_OK)
			status = one;
		if (one == STATUS_REVERSED || one == STATUS_STUCK)
			break;
	}
	return status;
}

static enum status load_files(char **files, int count, const struct load_options *options)
{
	struct load_options checked = *options;
	enum status status = STATUS_OK;

	for (int i = 0; status == STATUS_OK && count > 1 && i < count; i++)
		status = check_file(files[i], options);
	checked.verify = options->verify && count == 1;
	for (int i = 0; status == STATUS_OK && i < count; i++)
		status = load_file(files[i], &checked);
	return status;
}

int load_main(int argc, char **argv)
{
	static const struct option long_options[] = {
		{ "all", no_argument, NULL, 'a' },	     { "force", no_argument, NULL, 'f' },
		{ "timeout", required_argument, NULL, 't' }, { "verify", no_argument, NULL, 'v' },
		{ "help", no_argument, NULL, 'h' },	     { 0 },
	};
	struct load_options options = { .timeout = TRANSITION_TIMEOUT };
	int option;

	while ((option = getopt_long(argc, argv, "aft:h", long_options, NULL)) != -1) {
		switch (option) {
		case 'a':
			options.all = true;
			break;
		case 'f':
			options.force = true;
			break;
		case 't':
			if (!transition_parse_timeout(optarg, &options.timeout))
				return STATUS_USAGE;
			break;
		case 'v':
			options.verify = true;
			break;
		case 'h':
			return show_help(help);
		default:
			return wrong_option(argv);
		}
	}
	if (options.all != (optind == argc))
		return wrong_use(argv[0]);
	if (!kernel_lets_us("kpatch load"))
		return STATUS_ENVIRONMENT;
	if (options.all)
		return load_all(&options);
	return load_files(argv + optind, argc - optind, &options);
}
