// SPDX-License-Identifier: GPL-2.0-only
/* Would the running kernel take this module? Asked before it is tried. */
#include <stdlib.h>
#include <string.h>

#include "kpatch/check.h"
#include "kpatch/cleanup.h"
#include "kpatch/core.h"
#include "kpatch/files.h"
#include "kpatch/kernel.h"
#include "kpatch/livepatch.h"
#include "kpatch/message.h"
#include "kpatch/module.h"
#include "lib/build-id.h"

/*
 * Two packages of a distribution can have one release name: only the build-id tells one kernel
 * from another. A module of another maker, without a build-id, fits by its version magic only.
 */
bool check_is_for_this_kernel(const struct modfile *file)
{
	const char *wanted = modfile_info(file, "kpatch_build_id", NULL);
	_cleanup_free_ char *running = kernel_build_id();

	return !wanted || (running && strcmp(wanted, running) == 0);
}

enum status check_build_id(const struct modfile *file)
{
	const char *wanted = modfile_info(file, "kpatch_build_id", NULL);
	const char *kernel = modfile_info(file, "kpatch_kernel", NULL);
	_cleanup_free_ char *running = NULL, *release = NULL, *made_for = NULL, *made_for_id = NULL;

	if (check_is_for_this_kernel(file))
		return STATUS_OK;
	running = kernel_build_id();
	release = kernel_release();
	made_for = printable_copy(kernel ? kernel : "of another release");
	made_for_id = printable_copy(wanted);
	error("wrong-kernel",
	      "%s: made for kernel %s with build-id %s, but the running kernel is %s with %s%s: "
	      "build it for this kernel with kpatch-build",
	      file->path, made_for, made_for_id, release, running ? "build-id " : "no build-id",
	      running ? running : "");
	return STATUS_REFUSED;
}

/* "NAME:BUILD-ID": of a module that the patch is for, and that may not be loaded. */
static enum status check_module_build(const struct modfile *file, const char *value)
{
	const char *colon = strchr(value, ':');
	_cleanup_free_ char *name = print_string("%.*s", colon ? (int)(colon - value) : 0, value);
	_cleanup_free_ char *path = print_string("/sys/module/%s/notes/.note.gnu.build-id", name);
	size_t size = 0;
	_cleanup_free_ char *notes = NULL, *loaded = NULL, *shown = NULL, *wanted = NULL;

	if (!colon || colon == value || strchr(name, '/')) {
		shown = printable_copy(value);
		error("bad-module",
		      "%s: kpatch_module_build_id is '%s' where a module and its build-id should "
		      "be; build it again with kpatch-build",
		      file->path, shown);
		return STATUS_USAGE;
	}
	if (!module_is_loaded(name))
		return STATUS_OK;
	notes = read_file(path, &size);
	loaded = notes ? build_id_from_notes(notes, size) : NULL;
	if (loaded && strcmp(loaded, colon + 1) == 0)
		return STATUS_OK;
	shown = printable_copy(name);
	wanted = printable_copy(colon + 1);
	error("wrong-module",
	      "%s: made for the module %s with build-id %s, but the one that is loaded has %s%s: "
	      "build it for this module with kpatch-build, or load that one",
	      file->path, shown, wanted, loaded ? "build-id " : "none", loaded ? loaded : "");
	return STATUS_REFUSED;
}

static enum status check_modules(const struct modfile *file)
{
	const char *value = NULL;
	enum status status = STATUS_OK;

	while (status == STATUS_OK && (value = modfile_info(file, "kpatch_module_build_id", value)))
		status = check_module_build(file, value);
	return status;
}

/* The first word of vermagic is the release (include/linux/vermagic.h). */
static enum status check_vermagic(const struct modfile *file)
{
	const char *vermagic = modfile_info(file, "vermagic", NULL);
	_cleanup_free_ char *release = kernel_release();
	_cleanup_free_ char *shown = NULL;
	size_t length = strlen(release);

	if (!vermagic)
		vermagic = "";
	if (strcspn(vermagic, " ") == length && strncmp(vermagic, release, length) == 0)
		return STATUS_OK;
	shown = printable_copy(vermagic);
	error("wrong-vermagic",
	      "%s: its version magic is '%s', but the running kernel is %s: build it for this "
	      "kernel with kpatch-build",
	      file->path, shown, release);
	return STATUS_REFUSED;
}

/* Whether a signature is good, and its key known, only the kernel can tell. */
static enum status check_signature(const struct modfile *file)
{
	_cleanup_free_ char *rule = file->is_signed ? NULL : kernel_signature_rule();

	if (!rule)
		return STATUS_OK;
	error("signature-required",
	      "%s: not signed, but the running kernel takes signed modules only (%s): sign it with "
	      "a key that this kernel trusts",
	      file->path, rule);
	return STATUS_REFUSED;
}

static enum status check_dependencies(const struct modfile *file)
{
	const char *depends = modfile_info(file, "depends", NULL);
	_cleanup_free_ char *list = printable_copy(depends ? depends : "");
	char *rest = list, *wanted;

	while ((wanted = strsep(&rest, ","))) {
		_cleanup_free_ char *name = module_name(wanted);

		if (!name || path_exists("/sys/module/%s", name))
			continue;
		/* It is inserted when it is needed. */
		if (modfile_is_core(file) && strcmp(name, CORE_MODULE) == 0)
			continue;
		error("module-missing", "%s: it needs the module %s: modprobe %s first", file->path,
		      name, name);
		return STATUS_ENVIRONMENT;
	}
	return STATUS_OK;
}

/* A transition runs alone in the kernel (kernel/livepatch/core.c, __klp_enable_patch()). */
static enum status check_transition(const struct modfile *file)
{
	_cleanup_free_ char *other = modfile_is_core(file) ? NULL : livepatch_find_transition();

	if (!other)
		return STATUS_OK;
	error("transition-in-progress",
	      "%s: the livepatch %s is in transition, and the kernel does one at a time: wait "
	      "until kpatch list shows it done, or kpatch unload it",
	      file->path, other);
	return STATUS_REFUSED;
}

static enum status check_core_loaded(const struct modfile *file)
{
	_cleanup_free_ char *state = core_state(file->name);

	if (!state || strcmp(state, "disabled") == 0)
		return STATUS_OK;
	error("already-loaded", "%s: %s is loaded and %s already: nothing to do", file->path,
	      file->name, state);
	return STATUS_REFUSED;
}

static enum status check_loaded(const struct modfile *file)
{
	_cleanup_free_ char *before = module_state(file->name), *after = NULL;

	if (core_has(file->name) && modfile_is_core(file))
		return check_core_loaded(file);
	if (livepatch_state(file->name) == LIVEPATCH_ENABLED) {
		error("already-loaded", "%s: %s is loaded and enabled already: nothing to do",
		      file->path, file->name);
		return STATUS_REFUSED;
	}
	after = module_state(file->name);
	if (!after)
		return STATUS_OK;
	if (!module_was_live(before, after)) {
		module_explain_under_way(file->name);
		return STATUS_REFUSED;
	}
	if (modfile_is_core(file) || !module_is_livepatch(file->name)) {
		error("name-in-use",
		      "%s: another module named %s is loaded: build the patch under another name "
		      "(kpatch-build -n)",
		      file->path, file->name);
		return STATUS_REFUSED;
	}
	if (module_users(file->name) != 0) {
		error("module-in-use",
		      "%s: %s is loaded, disabled, and cannot be removed (its transition was "
		      "forced, or a module uses it): reboot, or build the patch under another name",
		      file->path, file->name);
		return STATUS_REFUSED;
	}
	return STATUS_OK;
}

enum status check_module(const struct modfile *file)
{
	static enum status (*const checks[])(const struct modfile *) = {
		check_signature, check_modules, check_dependencies, check_transition, check_loaded,
	};
	enum status status = check_build_id(file);

	if (status == STATUS_OK)
		status = check_vermagic(file);
	if (status == STATUS_OK && !modfile_is_core(file) && !kernel_has_livepatch())
		status = STATUS_ENVIRONMENT;
	for (size_t i = 0; status == STATUS_OK && i < sizeof(checks) / sizeof(checks[0]); i++)
		status = checks[i](file);
	return status;
}
