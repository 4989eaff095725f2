/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KPATCH_KALLSYMS_H
#define KPATCH_KALLSYMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kpatch/files.h"

#define KALLSYMS_FILE "/proc/kallsyms"

/* Some of the running kernel's symbols, by name and then in the kernel's order. Starts as { 0 }. */
struct kallsyms {
	struct kallsym {
		uint64_t address;
		size_t order;
		char *name;
		char *object; /* "vmlinux" or a module */
		bool global; /* of a module: exported to all */
	} * items;
	size_t count;
	bool hidden; /* all addresses are shown as 0 */
};

enum kallsyms_answer { KALLSYMS_FOUND, KALLSYMS_NONE, KALLSYMS_SEVERAL };

/*
 * Read those of @path whose names @wanted has, and the thunks' (__x86_indirect_*,
 * *return_thunk), which code may be led to. False with errno when it cannot be read.
 */
bool kallsyms_read(struct kallsyms *symbols, const char *path, const struct names *wanted);
void kallsyms_free(struct kallsyms *symbols);

/*
 * The address of @name in @object; @position is counted as the kernel counts sympos
 * (kernel/livepatch/core.c, klp_find_object_symbol()): 0 where the name is the only one.
 */
enum kallsyms_answer kallsyms_find(const struct kallsyms *symbols, const char *object,
				   const char *name, uint64_t position, uint64_t *address);

/*
 * The same for a symbol that another object than @object exports. Of modules the kernel marks those
 * only that are not for GPL modules alone (kernel/module/kallsyms.c, is_exported()): where none is
 * marked, a name that only one place of all modules has will do.
 */
enum kallsyms_answer kallsyms_find_exported(const struct kallsyms *symbols, const char *object,
					    const char *name, uint64_t *address);

/* The name of a thunk at @address, or NULL. */
const char *kallsyms_thunk_at(const struct kallsyms *symbols, uint64_t address);

#endif /* KPATCH_KALLSYMS_H */
