/* SPDX-License-Identifier: GPL-2.0-only */
/* The symbols of the object that is patched: vmlinux, or a module. */
#ifndef PARENT_H
#define PARENT_H

#include "object.h"

struct parent;

struct parent_symbol {
	const char *name;
	uint64_t address;
	uint64_t size;
	uint32_t order; /* in the symbol table of the file */
	uint8_t bind; /* STB_* */
	uint8_t type; /* STT_* */
	bool init; /* of a module: gone when its init has run */
	bool apart; /* of a module: not used to find an object's symbols */
	bool in_kernel; /* the running kernel knows it (kallsyms) */
};

/*
 * load_parent - read the symbol table of a vmlinux or of a module
 *
 * @name tells which: "vmlinux", or the name of the module. Exits with EXIT_ERROR
 * when the file cannot be read. Free with free_parent().
 */
struct parent *load_parent(const char *path, const char *name);
void free_parent(struct parent *parent);

/*
 * parent_locate - find the local symbols that came from the original object
 *
 * Names of local symbols occur many times in a kernel. Those of one object stand
 * together in the symbol table: behind its STT_FILE symbol or, where that was
 * stripped, in a row. Lookups use the place when there is exactly one.
 */
void parent_locate(struct parent *parent, const struct object *orig);

/*
 * parent_lookup - the parent's symbol for a symbol of the original
 *
 * NULL when there is none. With @local set the symbol has to come from the located
 * object; *@ambiguous is set when several could be meant, or the object was not located.
 */
const struct parent_symbol *parent_lookup(const struct parent *parent, const char *name, bool local,
					  bool *ambiguous);

/*
 * parent_position - what the kernel calls sympos of a symbol
 *
 * 0 when the name is unique in the object, else its 1-based rank among all symbols
 * of that name, functions and data, local and global: for vmlinux in the order of
 * kallsyms (by address, after the filter of scripts/mksysmap and
 * scripts/kallsyms.c, Linux 6.1), for a module in symbol table order
 * (kernel/module/kallsyms.c). Returns -1 when the rank changes as the module's init
 * symbols go away, or when the kernel does not keep the symbol.
 */
int parent_position(const struct parent *parent, const struct parent_symbol *sym);

#endif /* PARENT_H */
