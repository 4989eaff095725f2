// SPDX-License-Identifier: GPL-2.0-only
/* Livepatches for human eyes. */
#include <stdio.h>
#include <string.h>

#include "kmod/patch/kpatch-info.h"
#include "kpatch/cleanup.h"
#include "kpatch/json.h"
#include "kpatch/livepatch.h"
#include "kpatch/message.h"
#include "kpatch/module.h"
#include "kpatch/outlives.h"
#include "kpatch/show.h"

static const char *replace_text(enum livepatch_replace replace)
{
	switch (replace) {
	case REPLACE_YES:
		return ", replaces all others";
	case REPLACE_NO:
		return ", beside others";
	case REPLACE_UNKNOWN:
		break;
	}
	return "";
}

/* Objects that are modules, and not there: their functions are patched when they are loaded. */
static void show_waiting_objects(const struct functions *functions)
{
	const char *last = "";

	for (size_t i = 0; i < functions->count; i++) {
		const char *object = functions->items[i].object;

		if (strcmp(object, last) != 0 && strcmp(object, "vmlinux") != 0 &&
		    !module_is_loaded(object))
			printf("  (%s is not loaded: it is patched when it comes)\n", object);
		last = object;
	}
}

void show_outlives(const char *name, struct json_object *patch)
{
	_cleanup_(names_free) struct names names = outlives_names(name);
	_cleanup_free_ char *words = outlives_words(&names);

	for (size_t i = 0; i < names.count; i++)
		json_append(patch, "outlives", names.items[i]);
	if (names.count > 0)
		tell("  may outlive it: %s", words);
}

static void json_livepatch(const char *name, const struct functions *functions)
{
	struct json_object *patch = json_new_patch(name, "livepatch");
	enum livepatch_replace replace = livepatch_replace(name);

	json_text(patch, "state", livepatch_state_word(livepatch_state(name)));
	if (replace != REPLACE_UNKNOWN)
		json_flag(patch, "replace", replace == REPLACE_YES);
	json_flag(patch, "made_by_kpatch", module_is_ours(name));
	json_functions(patch, functions);
	show_outlives(name, patch);
}

void show_livepatch(const char *name)
{
	_cleanup_(functions_free) struct functions functions = livepatch_functions(name);

	if (json_is_on()) {
		json_livepatch(name, &functions);
		return;
	}
	printf("%s: %s%s%s\n", name, livepatch_state_text(livepatch_state(name)),
	       replace_text(livepatch_replace(name)),
	       module_is_ours(name) ? "" : ", not made by kpatch-build");
	functions_print(&functions, "  ");
	show_waiting_objects(&functions);
	show_outlives(name, NULL);
}

static void show_values(const struct modfile *file, const char *key, const char *label)
{
	const char *value = NULL;

	while ((value = modfile_info(file, key, value))) {
		_cleanup_free_ char *shown = printable_copy(value);

		printf("%-13s %s\n", label, shown);
	}
}

/*
 * kpatch_patch is FILE:sha256:HEX: cut it down to the file's name. Returns the sum, NULL when there
 * is none.
 */
static const char *split_patch(char *value)
{
	char *mark = strstr(value, ":sha256:");

	if (!mark)
		return NULL;
	*mark = '\0';
	return mark + strlen(":sha256:");
}

static void show_patches(const struct modfile *file)
{
	const char *value = NULL;

	while ((value = modfile_info(file, "kpatch_patch", value))) {
		_cleanup_free_ char *shown = printable_copy(value);
		const char *sum = split_patch(shown);

		printf("%-13s %s\n", "patch:", shown);
		if (sum)
			printf("%-13s   sha256 %s\n", "", sum);
	}
}

static void show_replace(const struct modfile *file)
{
	const char *replace = modfile_info(file, "kpatch_replace", NULL);

	if (replace)
		printf("%-13s %s\n", "replace:",
		       strcmp(replace, "1") == 0 ? "yes, all livepatches loaded before"
						 : "no, beside others");
}

/* A key that can stand several times becomes an array. */
static void json_values(struct json_object *object, const struct modfile *file, const char *key,
			const char *as)
{
	const char *value = NULL;

	while ((value = modfile_info(file, key, value)))
		json_append(object, as, value);
}

static void json_patches(struct json_object *object, const struct modfile *file)
{
	const char *value = NULL;

	while ((value = modfile_info(file, "kpatch_patch", value))) {
		_cleanup_free_ char *name = print_string("%s", value);
		const char *sum = split_patch(name);
		struct json_object *patch = json_element(object, "patches");

		json_text(patch, "file", name);
		json_text(patch, "sha256", sum);
	}
}

static void json_file(const struct modfile *file, const struct functions *functions)
{
	struct json_object *object = json_new_file(file->path);
	const char *replace = modfile_info(file, "kpatch_replace", NULL);

	json_text(object, "name", file->name);
	json_text(object, "made_by", modfile_info(file, "kpatch_version", NULL));
	json_text(object, "backend", modfile_info(file, "kpatch_backend", NULL));
	json_text(object, "kernel", modfile_info(file, "kpatch_kernel", NULL));
	json_text(object, "build_id", modfile_info(file, "kpatch_build_id", NULL));
	json_text(object, "vermagic", modfile_info(file, "vermagic", NULL));
	json_array(object, "patches");
	json_patches(object, file);
	json_array(object, "cves");
	json_values(object, file, "kpatch_cve", "cves");
	json_array(object, "outlives");
	json_values(object, file, KPATCH_OUTLIVES_KEY, "outlives");
	if (replace)
		json_flag(object, "replace", strcmp(replace, "1") == 0);
	json_flag(object, "signed", file->is_signed);
	json_functions(object, functions);
}

void show_file(const struct modfile *file)
{
	_cleanup_(functions_free) struct functions functions = modfile_functions(file);

	if (json_is_on()) {
		json_file(file, &functions);
		return;
	}
	printf("%-13s %s\n", "file:", file->path);
	printf("%-13s %s\n", "name:", file->name);
	show_values(file, "kpatch_version", "made by:");
	show_values(file, "kpatch_backend", "back end:");
	show_values(file, "kpatch_kernel", "for kernel:");
	show_values(file, "kpatch_build_id", "build-id:");
	show_values(file, "vermagic", "vermagic:");
	show_patches(file);
	show_values(file, "kpatch_cve", "CVE:");
	show_replace(file);
	show_values(file, KPATCH_OUTLIVES_KEY, "outlives:");
	printf("%-13s %s\n", "signed:", file->is_signed ? "yes" : "no");
	if (functions.count) {
		puts("functions:");
		functions_print(&functions, "  ");
	}
}
