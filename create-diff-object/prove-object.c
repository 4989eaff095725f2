// SPDX-License-Identifier: GPL-2.0-only
/* The proof without a patch. */
#include "prove-object.h"
#include "parent.h"
#include "passes.h"
#include "proof.h"
#include "prove.h"
#include "util.h"

void prove_object(struct lone_object *object, const char *path, const char *parent,
		  const char *name)
{
	struct diff *diff = &object->diff;

	*diff = (struct diff){ .parent_name = name, .parent_path = parent };
	load_object(&diff->orig, path);
	normalise(&diff->orig, parent);
	find_wanted(&object->wanted, &diff->orig, &diff->orig);
	diff->parent = load_parent(parent, name, &diff->orig, &object->wanted);
	diff->proof = try_proof(diff);
	if (!diff->proof)
		fatal("no-shipped-code", "%s has no code", parent);
}

void free_lone_object(struct lone_object *object)
{
	free_proof(object->diff.proof);
	free_parent(object->diff.parent);
	free_wanted(&object->wanted);
	free_object(&object->diff.orig);
}
