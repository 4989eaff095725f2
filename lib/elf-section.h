/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LIB_ELF_SECTION_H
#define LIB_ELF_SECTION_H

#include <gelf.h>

/* The first section named @name, and its header; NULL when there is none. */
Elf_Scn *elf_section(Elf *elf, const char *name, GElf_Shdr *header);

/*
 * Its bytes as they are in the file: d_size of them at d_buf, which belong to @elf. NULL where
 * there are none.
 */
Elf_Data *elf_section_bytes(Elf *elf, const char *name);

#endif /* LIB_ELF_SECTION_H */
