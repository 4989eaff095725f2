// SPDX-License-Identifier: GPL-2.0-only
/*
 * Print what create-diff-object makes of a parent's symbols: positions PARENT OBJECT,
 * where OBJECT is "vmlinux" or the name of the module. A line for each symbol that the running
 * kernel is expected to know, in the order of the file, with tabs between the fields:
 *
 *	NAME POSITION ADDRESS SECTION
 *
 * POSITION is that of parent_position(), ADDRESS 16 hexadecimal digits (in a module
 * relative to SECTION), SECTION the name of a section of the file, or "-".
 */
#include "create-diff-object/parent.h"
#include "create-diff-object/util.h"

#include <inttypes.h>
#include <stdio.h>

static const char *section_name(Elf *elf, size_t shstrndx, uint16_t shndx)
{
	Elf_Scn *scn = shndx < SHN_LORESERVE ? elf_getscn(elf, shndx) : NULL;
	const char *name = NULL;
	GElf_Shdr shdr;

	if (scn && gelf_getshdr(scn, &shdr))
		name = elf_strptr(elf, shstrndx, shdr.sh_name);
	return name && *name ? name : "-";
}

int main(int argc, char **argv)
{
	const struct parent_symbol *sym = NULL;
	struct parent *parent;
	size_t shstrndx;

	if (argc != 3)
		fatal("usage", "use: positions PARENT OBJECT");
	parent = load_parent(argv[1], argv[2], NULL, NULL);
	if (!parent_elf(parent) || elf_getshdrstrndx(parent_elf(parent), &shstrndx))
		fatal("not-elf", "%s is not an ELF file with sections", argv[1]);
	while ((sym = parent_next(parent, sym))) {
		if (sym->in_kernel)
			printf("%s\t%d\t%016" PRIx64 "\t%s\n", sym->name,
			       parent_position(parent, sym), sym->address,
			       section_name(parent_elf(parent), shstrndx, sym->shndx));
	}
	free_parent(parent);
	return 0;
}
