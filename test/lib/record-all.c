// SPDX-License-Identifier: GPL-2.0-only
/*
 * The records of the shipped code (kmod/patch/kpatch-shipped.h) of all functions of an object that
 * can be proven: record-all PARENT PARENT-NAME OBJECT >RECORDS. What the entries of kernel tables
 * have for a size is taken from the environment, as by create-diff-object.
 */
#include "create-diff-object/parent.h"
#include "create-diff-object/passes.h"
#include "create-diff-object/proof.h"
#include "create-diff-object/prove-record.h"
#include "create-diff-object/prove.h"
#include "create-diff-object/util.h"
#include "create-diff-object/wanted.h"

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
	struct diff diff = { 0 };
	struct wanted wanted;

	if (argc != 4)
		fatal("usage", "use: record-all PARENT PARENT-NAME OBJECT");
	diff.parent_path = argv[1];
	diff.parent_name = argv[2];
	load_object(&diff.orig, argv[3]);
	normalise(&diff.orig, argv[1]);
	find_wanted(&wanted, &diff.orig, &diff.orig);
	diff.parent = load_parent(argv[1], argv[2], &diff.orig, &wanted);
	diff.proof = try_proof(&diff);
	if (!diff.proof)
		fatal("no-shipped-code", "%s has no code", argv[1]);
	write_records(&diff);
	free_proof(diff.proof);
	free_parent(diff.parent);
	free_wanted(&wanted);
	free_object(&diff.orig);
	return 0;
}
