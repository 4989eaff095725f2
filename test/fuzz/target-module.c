// SPDX-License-Identifier: GPL-2.0-only
/* All of create-patch-module: the joined object and Module.symvers. */
#include "bundle.h"
#include "facts.h"
#include "program.h"

#include <getopt.h>
#include <stdio.h>
#include <unistd.h>

const size_t target_members = 2;

int program_main(int argc, char **argv);

static int run_main(void *args)
{
	optind = 0; /* glibc: begin anew */
	return program_main(8, args);
}

void target_run(const struct bundle *bundle)
{
	char *paths[MAX_MEMBERS];
	char *args[9] = { "create-patch-module", "--name", "livepatch_fuzz", "--build-id",
			  "0123456789abcdef0123456789abcdef01234567" };

	bundle_paths(bundle, paths);
	args[5] = paths[0];
	args[6] = paths[1];
	args[7] = (char *)bundle_output();
	if (!program_run(run_main, args))
		unlink(args[7]);
}
