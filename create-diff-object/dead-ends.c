// SPDX-License-Identifier: GPL-2.0-only
#include "dead-ends.h"
#include "arch/arch.h"
#include "kinds.h"
#include "util.h"

#include <stdlib.h>

enum ending {
	ENDING_UNKNOWN,
	ENDING_DEAD,
	ENDING_LEAVES,
};

void dead_ends_init(struct dead_ends *d, const struct object *obj)
{
	d->obj = obj;
	d->functions = xcalloc(obj->nr_sections, sizeof(*d->functions));
	d->parts = xcalloc(obj->nr_sections, sizeof(*d->parts));
}

void dead_ends_free(struct dead_ends *d)
{
	free(d->functions);
	free(d->parts);
}

static bool is_dead(const struct dead_ends *d, uint32_t index, uint8_t *endings,
		    bool (*inside)(const void *ctx, const struct rela *rela))
{
	if (endings[index] == ENDING_UNKNOWN)
		endings[index] = arch_x86_64.can_leave(&d->obj->sections[index], inside, d)
					 ? ENDING_LEAVES
					 : ENDING_DEAD;
	return endings[index] == ENDING_DEAD;
}

static bool jumps_nowhere(const void *ctx, const struct rela *rela)
{
	return false;
}

/* The only jump out of a function that still is inside of it: to its unlikely part. */
static bool jumps_to_part(const void *ctx, const struct rela *rela)
{
	const struct dead_ends *d = ctx;
	const struct symbol *sym = covering_symbol(d->obj, &d->obj->sections[rela->target]);

	return rela->target && sym && is_cold_part(sym->name) &&
	       is_dead(d, rela->target, d->parts, jumps_nowhere);
}

bool never_returns(const struct dead_ends *d, uint32_t index)
{
	return is_dead(d, index, d->functions, jumps_to_part);
}
