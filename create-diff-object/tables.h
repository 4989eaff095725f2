/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Kernel tables: sections whose entries each belong to one place in a function.
 * The entries of a carried function go with it; nothing else of the table does.
 */
#ifndef TABLES_H
#define TABLES_H

#include <stdbool.h>
#include <stddef.h>

struct parent;

struct table {
	const char *name;
	/*
	 * Where the size of an entry comes from: the variable in the environment
	 * and the kernel's own structure, or a size that the ABI fixes (a pointer or
	 * a 32-bit offset), or neither: every relocation starts an entry.
	 */
	const char *env;
	const char *type;
	size_t fixed_size;
};

/* Fields of struct jump_entry (linux/jump_label.h): the instruction and the key. */
enum { JUMP_CODE = 0, JUMP_KEY = 8 };

extern const struct table kernel_tables[];
extern const size_t nr_kernel_tables;

/* find_table - the row for a section of this name, NULL when there is none. */
const struct table *find_table(const char *section_name);

/*
 * table_entry_size - bytes of an entry of @table in the target kernel
 *
 * From the environment, as existing build scripts set it, else from the BTF of
 * @parent_path where that is an ELF file that has it. Returns 0 when every
 * relocation starts an entry. Exits with EXIT_ERROR when the size is not known.
 */
size_t table_entry_size(const struct table *table, const char *parent_path);

/*
 * print_facts - print the entry sizes that the BTF of @vmlinux tells, as lines
 * NAME=BYTES with the names of the environment variables
 *
 * Returns an exit status; a structure that the kernel does not have is left out.
 */
int print_facts(const char *vmlinux);

#endif /* TABLES_H */
