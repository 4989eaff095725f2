// SPDX-License-Identifier: GPL-2.0-only
/* The debug information of two objects. */
#include "bundle.h"
#include "create-diff-object/object.h"
#include "create-diff-object/report.h"
#include "create-diff-object/types.h"
#include "program.h"

const size_t target_members = 2;

static int compare(void *arg)
{
	char **paths = arg;
	struct findings findings = { 0 };
	struct diff diff = {
		.orig = { .path = paths[0], .label = "original" },
		.patched = { .path = paths[1], .label = "patched" },
		.findings = &findings,
	};

	check_types(&diff);
	free_findings(&findings);
	return 0;
}

void target_run(const struct bundle *bundle)
{
	char *paths[MAX_MEMBERS];

	bundle_paths(bundle, paths);
	program_run(compare, paths);
}
