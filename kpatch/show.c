// SPDX-License-Identifier: GPL-2.0-only
/* Livepatches for human eyes. */
#include <stdio.h>
#include <string.h>

#include "kpatch/cleanup.h"
#include "kpatch/livepatch.h"
#include "kpatch/message.h"
#include "kpatch/module.h"
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

void show_livepatch(const char *name)
{
	_cleanup_(functions_free) struct functions functions = livepatch_functions(name);

	printf("%s: %s%s%s\n", name, livepatch_state_text(livepatch_state(name)),
	       replace_text(livepatch_replace(name)),
	       module_is_ours(name) ? "" : ", not made by kpatch-build");
	functions_print(&functions, "  ");
	show_waiting_objects(&functions);
}

static void show_values(const struct modfile *file, const char *key, const char *label)
{
	const char *value = NULL;

	while ((value = modfile_info(file, key, value))) {
		_cleanup_free_ char *shown = printable_copy(value);

		printf("%-13s %s\n", label, shown);
	}
}

/* kpatch_patch is FILE:sha256:HEX; a file name may have colons, so the last two count. */
static void show_patches(const struct modfile *file)
{
	const char *value = NULL;

	while ((value = modfile_info(file, "kpatch_patch", value))) {
		_cleanup_free_ char *shown = printable_copy(value);
		char *mark = strstr(shown, ":sha256:");

		if (!mark) {
			printf("%-13s %s\n", "patch:", shown);
			continue;
		}
		*mark = '\0';
		printf("%-13s %s\n%-13s   sha256 %s\n", "patch:", shown, "",
		       mark + strlen(":sha256:"));
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

void show_file(const struct modfile *file)
{
	_cleanup_(functions_free) struct functions functions = modfile_functions(file);

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
	printf("%-13s %s\n", "signed:", file->is_signed ? "yes" : "no");
	if (functions.count) {
		puts("functions:");
		functions_print(&functions, "  ");
	}
}
