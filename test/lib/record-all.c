// SPDX-License-Identifier: GPL-2.0-only
/*
 * The records of the shipped code (kmod/patch/kpatch-shipped.h) of all functions of an object that
 * can be proven: record-all PARENT PARENT-NAME OBJECT >RECORDS. What the entries of kernel tables
 * have for a size is taken from the environment, as by create-diff-object.
 */
#include "create-diff-object/proof.h"
#include "create-diff-object/prove-object.h"
#include "create-diff-object/prove-record.h"
#include "create-diff-object/prove.h"
#include "create-diff-object/util.h"

#include <stdio.h>
#include <stdlib.h>

/* Code that runs once is gone when somebody looks. */
static bool stays_proven(const struct diff *diff, uint32_t index)
{
	const struct section *sec = &diff->orig.sections[index];

	return is_provable(&diff->orig, sec) && is_proven(diff->proof, index) &&
	       has_prefix(sec->name, ".text.");
}

static void write_records(const struct diff *diff)
{
	uint32_t i;

	for (i = 1; i < diff->orig.nr_sections; i++) {
		size_t size;
		void *data;

		if (!stays_proven(diff, i))
			continue;
		data = shipped_records(diff, i, &size);
		fwrite(data, 1, size, stdout);
		free(data);
	}
}

int main(int argc, char **argv)
{
	struct lone_object object;

	if (argc != 4)
		fatal("usage", "use: record-all PARENT PARENT-NAME OBJECT");
	prove_object(&object, argv[3], argv[1], argv[2]);
	write_records(&object.diff);
	free_lone_object(&object);
	return 0;
}
