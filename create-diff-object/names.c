// SPDX-License-Identifier: GPL-2.0-only
#include "names.h"
#include "util.h"

#include <stdlib.h>

struct name_slot {
	const char *name; /* NULL: free */
	uint32_t hash;
	uint32_t value;
};

/* FNV-1a, and a last stir since the low bits choose the slot. */
static uint32_t hash_name(const char *name, size_t length)
{
	uint32_t hash = 2166136261u;
	size_t i;

	for (i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)name[i]) * 16777619u;
	return hash ^ hash >> 15;
}

static bool is_name(const struct name_slot *slot, uint32_t hash, const char *name, size_t length)
{
	return slot->hash == hash && !strncmp(slot->name, name, length) && !slot->name[length];
}

/* The slot that has the name, or the free one where it belongs. */
static struct name_slot *find_slot(const struct names *names, uint32_t hash, const char *name,
				   size_t length)
{
	size_t i = hash & (names->max - 1);

	while (names->slots[i].name && !is_name(&names->slots[i], hash, name, length))
		i = (i + 1) & (names->max - 1);
	return &names->slots[i];
}

static void enlarge(struct names *names)
{
	struct names larger = { .max = names->max ? names->max * 2 : 64, .nr = names->nr };
	size_t i;

	larger.slots = xcalloc(larger.max, sizeof(*larger.slots));
	for (i = 0; i < names->max; i++) {
		const struct name_slot *slot = &names->slots[i];

		if (slot->name)
			*find_slot(&larger, slot->hash, slot->name, strlen(slot->name)) = *slot;
	}
	free(names->slots);
	*names = larger;
}

uint32_t *names_value(struct names *names, const char *name)
{
	size_t length = strlen(name);
	uint32_t hash = hash_name(name, length);
	struct name_slot *slot;

	if (names->nr * 2 >= names->max)
		enlarge(names);
	slot = find_slot(names, hash, name, length);
	if (!slot->name) {
		*slot = (struct name_slot){ name, hash, 0 };
		names->nr++;
	}
	return &slot->value;
}

const uint32_t *names_find(const struct names *names, const char *name, size_t length)
{
	const struct name_slot *slot;

	if (!names->nr)
		return NULL;
	slot = find_slot(names, hash_name(name, length), name, length);
	return slot->name ? &slot->value : NULL;
}

void names_free(struct names *names)
{
	free(names->slots);
	memset(names, 0, sizeof(*names));
}
