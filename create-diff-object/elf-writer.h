/* SPDX-License-Identifier: GPL-2.0-only */
/* A relocatable ELF object that is put together in memory and written at once. */
#ifndef ELF_WRITER_H
#define ELF_WRITER_H

#include <gelf.h>
#include <stdbool.h>
#include <stdint.h>

struct elf_writer;

struct elf_writer *elf_writer_new(void);
void elf_writer_free(struct elf_writer *w);

/*
 * elf_writer_section - add a section; returns its index
 *
 * @name must live as long as the writer. Sections of one name are kept apart.
 */
uint32_t elf_writer_section(struct elf_writer *w, const char *name, uint32_t type, uint64_t flags,
			    uint64_t entsize);

/*
 * elf_writer_link_order - have the linker keep a section with, and in the order of, another
 *
 * That is SHF_LINK_ORDER, which a linker wants for all sections of a name or for none.
 */
void elf_writer_link_order(struct elf_writer *w, uint32_t section, uint32_t with);

/*
 * elf_writer_append - append bytes to a section, aligned to @align
 *
 * A NULL @data appends zeros; gaps are filled with @fill. Returns the offset.
 */
uint64_t elf_writer_append(struct elf_writer *w, uint32_t section, const void *data, uint64_t size,
			   uint64_t align, uint8_t fill);

/*
 * elf_writer_rela - add a relocation to a section
 *
 * The field becomes zero: what is not the kernel's loader takes for relocated before, and refuses
 * (apply_relocate_add() of arch/x86/kernel/module.c, Linux 6.1).
 */
void elf_writer_rela(struct elf_writer *w, uint32_t section, uint64_t offset, uint32_t type,
		     uint32_t symbol, int64_t addend);

/*
 * elf_writer_symbol - add a symbol; returns a handle for elf_writer_rela()
 *
 * @section 0 makes it undefined. @name must live as long as the writer.
 */
uint32_t elf_writer_symbol(struct elf_writer *w, const char *name, uint32_t section, uint64_t value,
			   uint64_t size, uint8_t bind, uint8_t type);

/* elf_writer_section_symbol - the symbol that stands for a section, made when first asked for. */
uint32_t elf_writer_section_symbol(struct elf_writer *w, uint32_t section);

/* elf_writer_resize_symbol - set the size of a symbol that was added. */
void elf_writer_resize_symbol(struct elf_writer *w, uint32_t symbol, uint64_t size);

/*
 * elf_writer_write - write the object to the file @temporary, which becomes @path later
 *
 * Returns 0, or -1 with no file left and *@error set to a text that must be freed. The text
 * names @path: the user knows nothing of @temporary.
 */
int elf_writer_write(struct elf_writer *w, const char *temporary, const char *path, char **error);

#endif /* ELF_WRITER_H */
