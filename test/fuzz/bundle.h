/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An input of a target: the files that a program reads, one behind the other. The first
 * line has flags (what they mean is the target's affair) and the size of each file:
 *
 *     0 5176 5180 11880 140
 */
#ifndef FUZZ_BUNDLE_H
#define FUZZ_BUNDLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MAX_MEMBERS 6

struct bundle {
	unsigned int flags;
	size_t nr;
	struct member {
		const uint8_t *data;
		size_t size;
	} member[MAX_MEMBERS];
};

/* bundle_read - find the members in @data; false when it is no bundle. */
bool bundle_read(struct bundle *bundle, const uint8_t *data, size_t size);

/* bundle_write - the other way round; returns the size, 0 when it is more than @max. */
size_t bundle_write(const struct bundle *bundle, uint8_t *data, size_t max);

/*
 * bundle_paths - put the members into files; @paths gets a path for each
 *
 * The files are in memory and are used again for the next bundle.
 */
void bundle_paths(const struct bundle *bundle, char *paths[MAX_MEMBERS]);

/* bundle_output - a path for what the program writes: in $TMPDIR, of this process alone. */
const char *bundle_output(void);

/* Each target: run the program on a bundle; how many members it wants. */
extern const size_t target_members;
void target_run(const struct bundle *bundle);

#endif /* FUZZ_BUNDLE_H */
