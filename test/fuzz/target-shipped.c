// SPDX-License-Identifier: GPL-2.0-only
/*
 * Records of shipped code, and memory that is like it: reading them, and what kpatch verify makes of
 * both. The second member is how memory differs, over and over; then /proc/kallsyms, and the
 * list of kprobes.
 */
#include "bundle.h"
#include "program.h"

#include "kpatch/compare.h"
#include "kpatch/running.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MEMORY_ADDRESS 0xffffffffa0000000u

const size_t target_members = 4;

struct input {
	const struct bundle *bundle;
	char *paths[MAX_MEMBERS];
};

static void write_memory(int fd, const struct shipped_record *record, const struct member *change)
{
	size_t size = record->header.code_size;
	unsigned char *memory = malloc(size);

	memcpy(memory, record->code, size);
	for (size_t i = 0; change->size && i < size; i++)
		memory[i] ^= change->data[i % change->size];
	if (ftruncate(fd, 0) || pwrite(fd, memory, size, 0) != (ssize_t)size)
		abort();
	free(memory);
}

static void compare(struct running *running, const struct shipped_record *record,
		    const struct member *change)
{
	struct compared compared;
	char *problem = NULL;
	uint64_t address;

	running_find(running, record, &address, &problem);
	program_free(problem);
	if (!record->code)
		return;
	write_memory(running->kcore.fd, record, change);
	running->kcore.ranges[0].size = record->header.code_size;
	compared = compare_record(running, record, MEMORY_ADDRESS);
	/* What is the same without any change of memory is so for everybody. */
	if (!change->size && !record->header.nr_sites && compared.result != COMPARED_SAME)
		abort();
	program_free(compared.problem);
}

static int run(void *arg)
{
	static const struct running_files files = { .modules = "/nonexistent" };
	static int fd;
	struct input *in = arg;
	const struct member *records_member = &in->bundle->member[0];
	struct kcore_range range = { .address = MEMORY_ADDRESS };
	struct running running = { .files = &files, .kcore = { .ranges = &range, .count = 1 } };
	struct shipped_records records;
	struct names wanted = { 0 };
	/* As libelf gives it: a read behind it is a read behind a block of memory. */
	void *data = program_malloc(records_member->size ? records_member->size : 1);

	if (!fd)
		fd = memfd_create("kcore", MFD_CLOEXEC);
	running.kcore.fd = fd;
	memcpy(data, records_member->data, records_member->size);
	if (shipped_parse(&records, data, records_member->size)) {
		for (size_t i = 0; i < records.count; i++)
			names_add(&wanted, records.items[i].name);
		names_add(&wanted, "kfree");
		kallsyms_read(&running.symbols, in->paths[2], &wanted);
		probes_read(&running.probes, in->paths[3]);
		running.distance = 0x1f000000;
		for (size_t i = 0; i < records.count; i++)
			compare(&running, &records.items[i], &in->bundle->member[1]);
		kallsyms_free(&running.symbols);
		probes_free(&running.probes);
		names_free(&wanted);
	}
	shipped_free(&records);
	program_free(data);
	return 0;
}

void target_run(const struct bundle *bundle)
{
	struct input in = { .bundle = bundle };

	bundle_paths(bundle, in.paths);
	program_run(run, &in);
}
