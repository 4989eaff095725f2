/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The shipped kernel or module as one space of addresses: sections, symbols, references.
 *
 * Those of a vmlinux are its own. The sections of a module, and each symbol that it leaves
 * to others, get made-up ones, far apart from each other.
 */
#ifndef SHIPPED_H
#define SHIPPED_H

#include "names.h"
#include "object.h"

struct shipped;

struct shipped_section {
	const char *name;
	const uint8_t *data; /* NULL: zeros */
	uint64_t address, size, flags;
	Elf64_Rela *relas; /* of a module, by place; owned */
	size_t nr_relas;
};

struct shipped_symbol {
	const char *name;
	uint64_t address, size;
	uint32_t order; /* in the symbol table of the file */
	uint32_t next; /* the next one of that name, 0: none */
	uint32_t file; /* the STT_FILE symbol before it; 0 of globals, and where there is none */
	uint16_t shndx;
	uint8_t bind, type;
};

/*
 * shipped_open - NULL where the parent is not there with its code
 *
 * @obj is the object whose names are looked up. Both outlive what is opened.
 */
struct shipped *shipped_open(Elf *elf, bool is_vmlinux, const struct object *obj);
void shipped_close(struct shipped *shipped);

/* shipped_section - the section that has all of @size bytes at @address, or NULL. */
const struct shipped_section *shipped_section(const struct shipped *shipped, uint64_t address,
					      uint64_t size);

/* shipped_section_name - of the section of a symbol, which may be an empty one; or NULL. */
const char *shipped_section_name(const struct shipped *shipped, const struct shipped_symbol *sym);

/* shipped_next_section - the one behind @section, or the first; NULL at the end. */
const struct shipped_section *shipped_next_section(const struct shipped *shipped,
						   const struct shipped_section *section);

/* shipped_bytes - @size bytes at @address; NULL where they are in no section, or zeros. */
const uint8_t *shipped_bytes(const struct shipped *shipped, uint64_t address, uint64_t size);

/* Of a field that may be relocated. */
struct shipped_field {
	uint64_t address;
	size_t width; /* bytes */
	bool pcrel;
	bool zero_extended; /* of 32 bits: an address of the lower half */
	uint64_t end; /* what a distance counts from */
};

/*
 * shipped_refers - the place that a field refers to
 *
 * False where it cannot be read, or where it is a field of a module that would have to be
 * relocated and is not.
 */
bool shipped_refers(const struct shipped *shipped, const struct shipped_field *field,
		    uint64_t *place);

/* shipped_rela - the relocation of the module at @address, or NULL. */
const Elf64_Rela *shipped_rela(const struct shipped *shipped, uint64_t address);

/* shipped_nr_relas - how many relocations of the module there are in @size bytes at @address. */
size_t shipped_nr_relas(const struct shipped *shipped, uint64_t address, uint64_t size);

/* shipped_symbol - a symbol by its number in the file, with its place; NULL: there is none. */
const struct shipped_symbol *shipped_symbol(const struct shipped *shipped, uint32_t order);

/*
 * shipped_named - the first symbol with a name that the object has, or one that belongs to it
 * (__SCK__x to __SCT__x) or bounds a table; NULL: there is none
 */
const struct shipped_symbol *shipped_named(const struct shipped *shipped, const char *name);

/* shipped_next - the next one of that name, or NULL. */
const struct shipped_symbol *shipped_next(const struct shipped *shipped,
					  const struct shipped_symbol *sym);

/* shipped_at - the symbols at @address; *@nr is set to how many. They may be of any name. */
const struct shipped_symbol *const *shipped_at(const struct shipped *shipped, uint64_t address,
					       size_t *nr);

/* shipped_before - the last symbol not behind @address, for messages; or NULL. */
const struct shipped_symbol *shipped_before(const struct shipped *shipped, uint64_t address);

/* shipped_each - go through all symbols: the one behind @sym, or the first; NULL at the end. */
const struct shipped_symbol *shipped_each(const struct shipped *shipped,
					  const struct shipped_symbol *sym);

/*
 * A kernel table: where it stands. In vmlinux it may be a part of a section, between
 * two symbols.
 */
struct shipped_range {
	uint64_t address, size;
};

/* shipped_table - false where there is no table of this name. */
bool shipped_table(const struct shipped *shipped, const char *name, struct shipped_range *range);

bool shipped_is_vmlinux(const struct shipped *shipped);

/* shipped_in_image - whether an address moves when the kernel's image does. */
bool shipped_in_image(const struct shipped *shipped, uint64_t address);

/*
 * shipped_rodata - @size bytes of the shipped kernel's constants at @address
 *
 * NULL where that is not in a section .rodata, which stays where it is as long as the
 * kernel runs. Owned by the parent.
 */
const uint8_t *shipped_rodata(const struct shipped *shipped, uint64_t address, uint64_t size);

/* shipped_text - the address of _text, from which the places are counted; 0 in a module. */
uint64_t shipped_text(const struct shipped *shipped);

#endif /* SHIPPED_H */
