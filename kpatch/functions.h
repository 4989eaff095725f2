/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KPATCH_FUNCTIONS_H
#define KPATCH_FUNCTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A function that a livepatch replaces. */
struct function {
	char *object; /* "vmlinux" or a module */
	char *name; /* as the kernel's symbol table has it */
	uint64_t position; /* as struct klp_func.old_sympos (include/linux/livepatch.h) */
};

/* Starts as { 0 }; freed by _cleanup_(functions_free). */
struct functions {
	struct function *items;
	size_t count;
};

/* Append copies of @object and @name; exits when memory is out. */
void functions_add(struct functions *functions, const char *object, const char *name,
		   uint64_t position);
bool functions_has(const struct functions *functions, const char *name);
void functions_free(struct functions *functions);

/* Print a line an object to standard output: "OBJECT: NAME, NAME", sorted. */
void functions_print(struct functions *functions, const char *indent);

#endif /* KPATCH_FUNCTIONS_H */
