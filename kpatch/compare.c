// SPDX-License-Identifier: GPL-2.0-only
/*
 * Shipped code and the running kernel's memory. Fields get their values first; then, from the inner
 * sites to the outer ones, what is one of a site's forms counts as expected; then all bytes must be
 * so.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "kpatch/cleanup.h"
#include "kpatch/compare.h"
#include "kpatch/fields.h"
#include "kpatch/message.h"
#include "kpatch/permitted.h"

#define INT3	  0xcc
#define JMP32	  0xe9
#define JMP_SIZE  5
#define PROBES_IN 2 /* breakpoints in one site whose bytes are searched */

/* The kernel may be changing the code just now (text_poke_bp() leaves INT3 for a moment). */
#define ATTEMPTS	  3
#define PAUSE_NANOSECONDS 20000000L

/* A site, for the order in which they are looked at. */
struct step {
	uint32_t length;
	uint32_t index;
};

/* Of two that cover the same bytes, the later one in the record is the inner one. */
static int compare_steps(const void *first, const void *second)
{
	const struct step *a = first, *b = second;

	if (a->length != b->length)
		return a->length < b->length ? -1 : 1;
	return (a->index < b->index) - (a->index > b->index);
}

static struct step *sorted_steps(const struct shipped_record *record)
{
	uint32_t count = record->header.nr_sites;
	struct step *steps = calloc(count + 1, sizeof(*steps));

	if (!steps)
		out_of_memory();
	for (uint32_t i = 0; i < count; i++)
		steps[i] = (struct step){ record->sites[i].length, i };
	qsort(steps, count, sizeof(*steps), compare_steps);
	return steps;
}

static bool put_fields(const struct beside *beside, char **problem)
{
	const struct shipped_record *record = beside->record;

	for (uint32_t i = 0; i < record->header.nr_sites; i++) {
		const struct kpatch_shipped_site *site = &record->sites[i];

		if (is_field(site) && !field_apply(beside->running, record, site, beside->address,
						   beside->expected, beside->seen, problem))
			return false;
	}
	return true;
}

/* Breakpoints of kprobes in the site; more than PROBES_IN are not looked for. */
static unsigned int probes_in(const struct beside *beside, uint32_t start, uint32_t length,
			      uint32_t offsets[PROBES_IN])
{
	const struct probes *probes = &beside->running->probes;
	unsigned int count = 0;

	for (size_t i = 0; i < probes->count && count < PROBES_IN; i++) {
		uint64_t offset = probes->items[i].address - beside->address;

		if (offset >= start && offset < (uint64_t)start + length &&
		    beside->seen[offset] == INT3)
			offsets[count++] = offset;
	}
	return count;
}

/*
 * A breakpoint stands for the first byte of an instruction: whether there is one that makes the
 * site a permitted one. @seen is the writable memory of @beside.
 */
static bool is_permitted_probed(const struct beside *beside, unsigned char *seen,
				const struct kpatch_shipped_site *site, uint32_t length)
{
	uint32_t offsets[PROBES_IN];
	unsigned int count = probes_in(beside, site->offset, length, offsets);

	for (unsigned int i = 0; i < 1u << 8 * count; i++) {
		for (unsigned int p = 0; p < count; p++)
			seen[offsets[p]] = i >> 8 * p & 0xff;
		if (is_permitted(beside, site, length))
			return true;
	}
	for (unsigned int p = 0; p < count; p++)
		seen[offsets[p]] = INT3;
	return false;
}

static uint32_t accept_sites(const struct beside *beside, unsigned char *seen)
{
	const struct shipped_record *record = beside->record;
	_cleanup_free_ struct step *steps = sorted_steps(record);
	uint32_t changed = 0;

	for (uint32_t i = 0; i < record->header.nr_sites; i++) {
		const struct kpatch_shipped_site *site = &record->sites[steps[i].index];
		unsigned char *expected = beside->expected + site->offset;
		uint32_t length = filled_length(record, steps[i].index);

		if (is_field(site) || memcmp(expected, seen + site->offset, length) == 0 ||
		    !is_permitted_probed(beside, seen, site, length))
			continue;
		memcpy(expected, seen + site->offset, length);
		changed++;
	}
	return changed;
}

/* What a kprobe has written over is as it was: an instruction's first byte, or a jump's. */
static uint32_t accept_probes(const struct beside *beside, unsigned char *seen)
{
	const struct probes *probes = &beside->running->probes;
	uint32_t size = beside->record->header.code_size, changed = 0;

	for (size_t i = 0; i < probes->count; i++) {
		uint64_t offset = probes->items[i].address - beside->address;
		size_t length = 1;

		if (offset >= size)
			continue;
		if (probes->items[i].optimised && seen[offset] == JMP32 &&
		    size - offset >= JMP_SIZE)
			length = JMP_SIZE;
		else if (seen[offset] != INT3)
			continue;
		memcpy(seen + offset, beside->expected + offset, length);
		changed++;
	}
	return changed;
}

static void find_difference(const struct beside *beside, struct compared *compared)
{
	uint32_t size = beside->record->header.code_size, at = 0, length;

	while (at < size && beside->expected[at] == beside->seen[at])
		at++;
	compared->result = at < size ? COMPARED_DIFFERENT : COMPARED_SAME;
	length = size - at < sizeof(compared->seen) ? size - at : sizeof(compared->seen);
	compared->offset = at;
	compared->length = length;
	memcpy(compared->expected, beside->expected + at, length);
	memcpy(compared->seen, beside->seen + at, length);
}

static struct compared compare_once(struct beside *beside, unsigned char *seen)
{
	const struct shipped_record *record = beside->record;
	struct compared compared = { .result = COMPARED_UNREADABLE };

	memcpy(beside->expected, record->code, record->header.code_size);
	if (!kcore_read(&beside->running->kcore, beside->address, seen, record->header.code_size))
		return compared;
	if (!put_fields(beside, &compared.problem)) {
		compared.result = COMPARED_UNKNOWN;
		return compared;
	}
	compared.changed = accept_sites(beside, seen) + accept_probes(beside, seen);
	find_difference(beside, &compared);
	return compared;
}

struct compared compare_record(const struct running *running, const struct shipped_record *record,
			       uint64_t address)
{
	static const struct timespec pause = { .tv_nsec = PAUSE_NANOSECONDS };
	_cleanup_free_ unsigned char *expected = malloc(record->header.code_size);
	_cleanup_free_ unsigned char *seen = malloc(record->header.code_size);
	struct beside beside = { running, record, address, expected, seen };
	struct compared compared;

	if (!expected || !seen)
		out_of_memory();
	compared = compare_once(&beside, seen);
	for (int i = 1; i < ATTEMPTS && compared.result == COMPARED_DIFFERENT; i++) {
		nanosleep(&pause, NULL);
		compared = compare_once(&beside, seen);
	}
	return compared;
}
