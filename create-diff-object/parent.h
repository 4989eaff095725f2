/* SPDX-License-Identifier: GPL-2.0-only */
/* The symbols of the object that is patched: vmlinux, or a module. */
#ifndef PARENT_H
#define PARENT_H

#include "object.h"

struct parent;
struct wanted;

struct parent_symbol {
	const char *name;
	uint64_t address;
	uint64_t size;
	uint32_t order; /* in the symbol table of the file */
	uint32_t next; /* the next symbol of that name, 0: none */
	uint16_t shndx; /* as the file has it */
	uint8_t bind; /* STB_* */
	uint8_t type; /* STT_* */
	bool init; /* of a module: gone when its init has run */
	bool freed; /* code or data in a section of init, whose memory is given back */
	bool sealed; /* vmlinux: read-only when the kernel has started */
	bool apart; /* of a module: not used to find an object's symbols */
	bool in_kernel; /* the running kernel knows it (kallsyms) */
};

/* What vmlinux has at the start of its init code, and in its init data (linux/init.h). */
#define PARENT_INIT_TEXT "_sinittext"
#define PARENT_INIT_DATA "__setup_start"

/* And around what is read-only when it has started (asm-generic/sections.h). */
#define PARENT_SEALED_START "__start_ro_after_init"
#define PARENT_SEALED_END   "__end_ro_after_init"

/* In a kernel that does not write to static keys in there (kernel/jump_label.c, since Linux 6.10). */
#define PARENT_SEALS_KEYS "jump_label_init_ro"

/*
 * load_parent - read the symbols of a vmlinux or of a module
 *
 * @path is the ELF file itself or what "readelf --wide --symbols" prints of it, and
 * @name tells what it is: "vmlinux", or the name of the module. Exits with EXIT_ERROR
 * when the file cannot be read. Free with free_parent(), before the objects.
 *
 * Names of local symbols occur many times in a kernel. Those of one object stand
 * together in the symbol table: behind its STT_FILE symbol or, where that was
 * stripped, in a row. Lookups use the place where the symbols of @orig are, when there is
 * exactly one.
 *
 * Only symbols with @wanted names are kept; with NULL all are. Where @orig is NULL, no place is
 * looked for.
 */
struct parent *load_parent(const char *path, const char *name, const struct object *orig,
			   const struct wanted *wanted);
void free_parent(struct parent *parent);

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
 * symbols go away, when that cannot be told (the text of readelf does not say which
 * sections are for init), or when the kernel does not keep the symbol.
 */
int parent_position(const struct parent *parent, const struct parent_symbol *sym);

/*
 * parent_unlike - whether the local symbols of the original are nowhere in the parent
 *
 * It is hardly the one that the object was made for then.
 */
bool parent_unlike(const struct parent *parent);

/* parent_numbered - the kept symbol @name that is number @order of the file, or NULL. */
const struct parent_symbol *parent_numbered(const struct parent *parent, const char *name,
					    uint32_t order);

/*
 * parent_depends - whether the kernel loads and keeps @module for the parent, a module itself
 *
 * By the names of files in its .modinfo, in which '-' stands for '_'; false where that is not
 * known, as in the text of readelf.
 */
bool parent_depends(const struct parent *parent, const char *module);

/* parent_elf - the ELF file of the parent, owned by it; NULL where it is text. */
Elf *parent_elf(const struct parent *parent);

/*
 * parent_next - go through the kept symbols in the order of the file
 *
 * Returns the one behind @sym, or the first where @sym is NULL; NULL at the end.
 */
const struct parent_symbol *parent_next(const struct parent *parent,
					const struct parent_symbol *sym);

#endif /* PARENT_H */
