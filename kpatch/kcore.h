/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KPATCH_KCORE_H
#define KPATCH_KCORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define KCORE_FILE "/proc/kcore"

/*
 * The running kernel's memory: /proc/kcore is an ELF core file with a segment for each range of
 * addresses (fs/proc/kcore.c). Starts as { .fd = -1 }.
 */
struct kcore {
	int fd;
	struct kcore_range {
		uint64_t address;
		uint64_t size;
		uint64_t offset; /* in the file */
	} * ranges;
	size_t count;
};

/*
 * Open @path, KCORE_FILE or another ELF file with segments. False with a message
 * ([memory-unreadable]) when it cannot be read; there is nothing to close then.
 */
bool kcore_open(struct kcore *kcore, const char *path);
void kcore_close(struct kcore *kcore);

/* Read @size bytes at @address. False with errno when not all of them can be read. */
bool kcore_read(const struct kcore *kcore, uint64_t address, void *data, size_t size);

#endif /* KPATCH_KCORE_H */
