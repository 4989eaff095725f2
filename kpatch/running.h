/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KPATCH_RUNNING_H
#define KPATCH_RUNNING_H

#include <stdbool.h>
#include <stdint.h>

#include "kpatch/kallsyms.h"
#include "kpatch/kcore.h"
#include "kpatch/probes.h"
#include "lib/shipped-records.h"

/* Where the running kernel tells what shipped code is compared with. */
struct running_files {
	const char *kcore;
	const char *kallsyms;
	const char *kprobes;
	const char *modules; /* with MODULE/sections/SECTION in it */
};

extern const struct running_files running_files;

struct running {
	const struct running_files *files;
	struct kcore kcore;
	struct kallsyms symbols;
	struct probes probes;
	bool moved; /* the distance is known */
	uint64_t distance; /* that the image was moved by from the addresses of its file */
};

/*
 * Open what the records need. False with a message ([memory-unreadable], [addresses-hidden]);
 * running_close() is due in any case.
 */
bool running_open(struct running *running, const struct running_files *files,
		  const struct shipped_records *records);
void running_close(struct running *running);

bool running_has_object(const struct running *running, const char *object);

/*
 * Where the code of @record is. False where the kernel does not have it, or somewhere else than
 * its file says; *@problem receives why, which the caller frees.
 */
bool running_find(struct running *running, const struct shipped_record *record, uint64_t *address,
		  char **problem);

/* Where what @target of @record refers to is. Else as running_find(). */
bool running_find_target(const struct running *running, const struct shipped_record *record,
			 const struct kpatch_shipped_target *target, uint64_t *address,
			 char **problem);

#endif /* KPATCH_RUNNING_H */
