// SPDX-License-Identifier: GPL-2.0-only
/* The debug information of two objects: types, and where the code came from. */
#include "bundle.h"
#include "create-diff-object/check.h"
#include "create-diff-object/debug-info.h"
#include "create-diff-object/exports.h"
#include "create-diff-object/report.h"
#include "program.h"

const size_t target_members = 2;

/* In the place of Module.symvers, which is no part of the input: whatever it is, it is exported. */
const char *exporter_of(const struct exports *exports, const char *symbol, bool *restricted)
{
	return "vmlinux";
}

static void ask(const struct diff *diff, const struct object *obj)
{
	const struct section *sec;
	struct origin origin;
	size_t questions = 0;

	for_each_section (obj, sec) {
		if (!(sec->shdr.sh_flags & SHF_ALLOC) || ++questions > 8)
			continue;
		if (find_origin(diff, obj, sec, sec->size / 2, &origin))
			free_origin(&origin);
	}
}

static int compare(void *arg)
{
	char **paths = arg;
	struct findings findings = { 0 };
	struct diff diff = { .findings = &findings, .parent_name = "vmlinux" };

	load_object(&diff.orig, paths[0]);
	load_object(&diff.patched, paths[1]);
	diff.debug = start_debug_info(&diff);
	check_types(&diff);
	ask(&diff, &diff.orig);
	ask(&diff, &diff.patched);
	stop_debug_info(diff.debug);
	free_object(&diff.orig);
	free_object(&diff.patched);
	free_findings(&findings);
	return 0;
}

void target_run(const struct bundle *bundle)
{
	char *paths[MAX_MEMBERS];

	bundle_paths(bundle, paths);
	program_run(compare, paths);
}
