// SPDX-License-Identifier: GPL-2.0-only
/* One object through the loader and normalise(). */
#include "bundle.h"
#include "create-diff-object/object.h"
#include "create-diff-object/passes.h"
#include "facts.h"
#include "program.h"

const size_t target_members = 1;

static int load(void *path)
{
	struct object obj;

	load_object(&obj, path);
	normalise(&obj, path);
	free_object(&obj);
	return 0;
}

void target_run(const struct bundle *bundle)
{
	char *paths[MAX_MEMBERS];

	set_facts(bundle->flags);
	bundle_paths(bundle, paths);
	program_run(load, paths[0]);
}
