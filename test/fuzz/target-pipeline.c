// SPDX-License-Identifier: GPL-2.0-only
/*
 * All of create-diff-object: original, patched, parent, Module.symvers. What is written
 * has to be an object that the loader accepts.
 */
#include "bundle.h"
#include "create-diff-object/check.h"
#include "create-diff-object/debug-info.h"
#include "create-diff-object/object.h"
#include "facts.h"
#include "program.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const size_t target_members = 4;

int program_main(int argc, char **argv);

/* In the place of debug-info.c, which starts a process for each input: a target of its own. */
struct debug_info *start_debug_info(struct diff *diff)
{
	return NULL;
}

void stop_debug_info(struct debug_info *info)
{
}

bool find_origin(const struct diff *diff, const struct object *obj, const struct section *sec,
		 uint64_t offset, struct origin *origin)
{
	memset(origin, 0, sizeof(*origin));
	return false;
}

void free_origin(struct origin *origin)
{
}

bool find_copies(const struct diff *diff, const struct object *obj, const struct section *sec,
		 uint64_t offset, unsigned int level, struct copies *copies)
{
	return false;
}

void free_copies(struct copies *copies)
{
}

bool is_called_by_registers(const struct diff *diff, const struct section *sec)
{
	return false;
}

bool all_calls_return(const struct diff *diff, const struct object *obj, const struct section *sec)
{
	return true;
}

void check_types(struct diff *diff)
{
}

static int run_main(void *args)
{
	optind = 0; /* glibc: begin anew */
	return program_main(9, args);
}

static int load_output(void *path)
{
	struct object obj;

	load_object(&obj, path);
	free_object(&obj);
	return 0;
}

void target_run(const struct bundle *bundle)
{
	char *paths[MAX_MEMBERS];
	char *args[11] = { "create-diff-object", "--explain", "--no-proof" };

	set_facts(bundle->flags);
	bundle_paths(bundle, paths);
	args[3] = paths[0];
	args[4] = paths[1];
	args[5] = bundle->flags & FLAG_MODULE ? "m" : "vmlinux";
	args[6] = paths[2];
	args[7] = paths[3];
	args[8] = "livepatch_fuzz";
	args[9] = (char *)bundle_output();
	if (program_run(run_main, args))
		return;
	if (program_run(load_output, args[9])) {
		fprintf(stderr, "the object that was written is not accepted\n");
		abort();
	}
	unlink(args[9]);
}
