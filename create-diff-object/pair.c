// SPDX-License-Identifier: GPL-2.0-only
/* Whether two objects can be two compiles of one source file. */
#include "passes.h"
#include "report.h"
#include "util.h"

/* objects without an STT_FILE symbol are called by their own names */
static bool has_source_name(const struct object *obj)
{
	return obj->label != obj->path;
}

static const struct section *find_comment(const struct object *obj)
{
	const struct section *sec;

	for_each_section (obj, sec) {
		if (!strcmp(sec->name, ".comment") && sec->data)
			return sec;
	}
	return NULL;
}

/* .comment has the name and version of the compiler, one for each file that was joined. */
static bool same_compiler(const struct object *orig, const struct object *patched)
{
	const struct section *a = find_comment(orig), *b = find_comment(patched);

	return !a || !b || (a->size == b->size && !memcmp(a->data, b->data, a->size));
}

void check_pair(struct diff *diff)
{
	const struct object *orig = &diff->orig, *patched = &diff->patched;

	if (has_source_name(orig) && has_source_name(patched) &&
	    strcmp(orig->label, patched->label))
		fatal("different-sources",
		      "%s is of the source file %s, %s of %s; give two compiles of one file",
		      orig->path, orig->label, patched->path, patched->label);
	if (!same_compiler(orig, patched))
		warning(diff, "different-compilers",
			"%s and %s are not by the same compiler (.comment), so that much may "
			"differ "
			"for no reason; compile both with the kernel's own",
			orig->path, patched->path);
}
