// SPDX-License-Identifier: GPL-2.0-only
/*
 * Compare every function of objects with the shipped code: prove-all PARENT PARENT-NAME
 * OBJECT... Prints a line a function, with tabs between the fields:
 *
 *	proven|differs|open|missing OBJECT FUNCTION REASON
 *
 * What the entries of kernel tables have for a size is taken from the environment, as by
 * create-diff-object.
 */
#include "create-diff-object/parent.h"
#include "create-diff-object/passes.h"
#include "create-diff-object/proof.h"
#include "create-diff-object/prove.h"
#include "create-diff-object/util.h"
#include "create-diff-object/wanted.h"

#include <stdio.h>

static void print_function(const struct proof *proof, uint32_t index, const char *path)
{
	static const char *const states[] = {
		[PROOF_UNTRIED] = "open", [PROOF_PROVEN] = "proven", [PROOF_DIFFERS] = "differs",
		[PROOF_OPEN] = "open",	  [PROOF_SEVERAL] = "open",  [PROOF_MISSING] = "missing",
	};
	const struct failure *failure = &proof->failures[index];
	bool told = proof->states[index] != PROOF_PROVEN && failure->text;

	printf("%s\t%s\t%s\t%s\n", states[proof->states[index]], path,
	       section_label(proof->orig, &proof->orig->sections[index]),
	       told ? failure->text : "");
}

static void prove_object(const char *path, const char *parent, const char *name)
{
	struct diff diff = { .parent_name = name, .parent_path = parent };
	struct wanted wanted;
	uint32_t i;

	load_object(&diff.orig, path);
	normalise(&diff.orig, parent);
	find_wanted(&wanted, &diff.orig, &diff.orig);
	diff.parent = load_parent(parent, name, &diff.orig, &wanted);
	diff.proof = try_proof(&diff);
	if (!diff.proof)
		fatal("no-shipped-code", "%s has no code", parent);
	for (i = 1; i < diff.orig.nr_sections; i++) {
		if (is_provable(&diff.orig, &diff.orig.sections[i]))
			print_function(diff.proof, i, path);
	}
	free_proof(diff.proof);
	free_parent(diff.parent);
	free_wanted(&wanted);
	free_object(&diff.orig);
}

int main(int argc, char **argv)
{
	int i;

	if (argc < 4)
		fatal("usage", "use: prove-all PARENT PARENT-NAME OBJECT...");
	for (i = 3; i < argc; i++) {
		prove_object(argv[i], argv[1], argv[2]);
		fflush(stdout);
	}
	return 0;
}
