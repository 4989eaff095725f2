/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LIB_REPLACED_FUNCTIONS_H
#define LIB_REPLACED_FUNCTIONS_H

#include <libelf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A function that a module replaces. The names are the file's: others' text, see printable(). */
struct replaced_function {
	const char *object; /* "vmlinux" or a module */
	const char *name;
	uint64_t position; /* as struct klp_func.old_sympos (include/linux/livepatch.h) */
};

struct replaced_functions {
	struct replaced_function *items;
	size_t count;
	bool listed; /* the file has a list, which may be empty: nothing is replaced */
	const char *problem; /* what is wrong with the rows, or that memory is out: a constant */
};

/*
 * Read the rows of .kpatch.funcs (kmod/patch/kpatch-records.h) of a module; there are none in one
 * that this project has not made. The names stay as long as @elf.
 *
 * False when something is wrong with them: the list has what could be read, and is to be freed in
 * any case.
 */
bool replaced_read(struct replaced_functions *functions, Elf *elf);
void replaced_free(struct replaced_functions *functions);

#endif /* LIB_REPLACED_FUNCTIONS_H */
