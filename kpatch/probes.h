/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KPATCH_PROBES_H
#define KPATCH_PROBES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PROBES_FILE "/sys/kernel/debug/kprobes/list"

/* The kprobes that the kernel has. Starts as { 0 }. */
struct probes {
	struct probe {
		uint64_t address;
		bool optimised; /* a jump of five bytes, else a breakpoint */
	} * items;
	size_t count;
	bool known; /* the list could be read */
};

/* Read @path: PROBES_FILE or another one of that form (kernel/kprobes.c, report_probe()). */
void probes_read(struct probes *probes, const char *path);
void probes_free(struct probes *probes);

#endif /* KPATCH_PROBES_H */
