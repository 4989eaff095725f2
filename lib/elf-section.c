// SPDX-License-Identifier: GPL-2.0-only
/* Sections of an ELF file by their names. */
#include <string.h>

#include "lib/elf-section.h"

Elf_Scn *elf_section(Elf *elf, const char *wanted, GElf_Shdr *header)
{
	Elf_Scn *section = NULL;
	size_t names;

	if (elf_getshdrstrndx(elf, &names) != 0)
		return NULL;
	while ((section = elf_nextscn(elf, section))) {
		const char *name;

		if (!gelf_getshdr(section, header))
			continue;
		name = elf_strptr(elf, names, header->sh_name);
		if (name && strcmp(name, wanted) == 0)
			return section;
	}
	return NULL;
}

Elf_Data *elf_section_bytes(Elf *elf, const char *name)
{
	GElf_Shdr header;
	Elf_Scn *section = elf_section(elf, name, &header);
	Elf_Data *data = section ? elf_rawdata(section, NULL) : NULL;

	return data && data->d_buf && data->d_size ? data : NULL;
}
