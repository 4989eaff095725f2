/* SPDX-License-Identifier: GPL-2.0-only */
/* What the readers of a parent's symbols (parent-elf.c, parent-text.c) hand over. */
#ifndef PARENT_READER_H
#define PARENT_READER_H

#include "names.h"
#include "parent.h"
#include "wanted.h"

/* Local symbols that stand behind one STT_FILE symbol, by their places in the file. */
struct file_group {
	uint32_t first, end;
};

struct parent {
	bool is_vmlinux;
	bool is_text;
	bool is_linked; /* its addresses are those of a kernel, not places in sections */
	Elf *elf;
	int fd;
	char *module_name; /* that the file says it has, NULL: it does not */
	char *depends; /* the modules that it needs, with commas between; NULL: not known */
	char **owned; /* names that were copied */
	size_t nr_owned, max_owned;

	struct parent_symbol *symbols; /* in the order of the file; 0 is unused */
	size_t nr, max;
	struct names by_name; /* the last symbol of each name */

	const char *file; /* name of the source file whose symbols are looked for, or NULL */
	bool any_file; /* the object does not tell its name: strip takes it away */
	const struct wanted *wanted; /* names to keep; NULL: all */
	struct file_group *groups; /* of that file, or of all */
	size_t nr_groups, max_groups;
	bool in_group;
	bool has_files;

	bool unlike; /* no file of it has the local symbols that were looked for */
	uint32_t first, last; /* the located object's local symbols; last 0: not located */
};

/* May be left out by the linker or the kernel; not used to find an object's symbols. */
static inline bool is_apart_kind(enum section_kind kind)
{
	return kind == KIND_INIT || kind == KIND_IGNORED || kind == KIND_EXPORT;
}

/* Linker scripts make them: code compares with such places, and reads nothing there. */
static inline bool is_border(const struct parent_symbol *sym)
{
	return sym->type == STT_NOTYPE && !sym->size;
}

/* parent_wants - whether a symbol of this name, @length bytes long, would be kept. */
bool parent_wants(const struct parent *parent, const char *name, size_t length);

/* parent_note - tell of each symbol in the order of the file, whether it is kept or not. */
void parent_note(struct parent *parent, uint32_t order, uint8_t type, uint8_t bind,
		 const char *name, size_t length);

/* parent_add - keep a symbol; only .next is filled here. The name is not copied. */
void parent_add(struct parent *parent, const struct parent_symbol *sym);

/* parent_own - copy a name; free_parent() frees the copy. */
const char *parent_own(struct parent *parent, const char *name, size_t length);

/*
 * parent_reset - forget all symbols and keep every one from now on
 *
 * Without STT_FILE symbols an object is found by the whole row of its names.
 */
void parent_reset(struct parent *parent);

/* Each reads all symbols, with parent_note() and parent_add(). */
void parent_read_elf(struct parent *parent, const char *path);
void parent_read_text(struct parent *parent, const char *path);

/* parent_locate - find the local symbols that came from @orig. */
void parent_locate(struct parent *parent, const struct object *orig);

/* vmlinux_keeps - whether the running vmlinux knows a symbol (kallsyms). */
bool vmlinux_keeps(const struct parent_symbol *sym);

#endif /* PARENT_READER_H */
