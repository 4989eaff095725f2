// SPDX-License-Identifier: GPL-2.0-only
#include "gone-variables.h"
#include "types.h"
#include "util.h"

#include <inttypes.h>
#include <stdlib.h>

/* A variable that only one of the two has. */
static bool is_alone(const struct types *other, const struct type *type)
{
	return type->kind == VARIABLE && type->placed && !find_twin(other, type);
}

static uint64_t distance(const struct type *a, const struct type *b)
{
	return a->line < b->line ? b->line - a->line : a->line - b->line;
}

/* Whether @a stands for @old rather than @b does. */
static bool is_better(const struct type *old, const struct type *a, const struct type *b)
{
	bool same_a = !strcmp(a->function, old->function);
	bool same_b = !strcmp(b->function, old->function);

	return same_a != same_b ? same_a : distance(a, old) < distance(b, old);
}

void tell_gone_variables(const struct types *orig, const struct types *patched, FILE *out)
{
	bool *new = xcalloc(patched->nr + 1, sizeof(*new));
	size_t i, j, best;

	for (j = 0; j < patched->nr; j++)
		new[j] = is_alone(orig, &patched->type[j]);
	for (i = 0; i < orig->nr; i++) {
		const struct type *old = &orig->type[i], *list = patched->type;

		if (!is_alone(patched, old))
			continue;
		best = patched->nr;
		for (j = 0; j < patched->nr; j++) {
			if (new[j] && list[j].layout == old->layout &&
			    !strcmp(list[j].file, old->file) &&
			    (best == patched->nr || is_better(old, &list[j], &list[best])))
				best = j;
		}
		if (best == patched->nr)
			continue;
		new[best] = false;
		fprintf(out, "%s\t%s\t%" PRIu64 "\t0\t%s\t%s\n", VARIABLE_GONE, list[best].file,
			list[best].line, old->name, list[best].name);
	}
	free(new);
}
