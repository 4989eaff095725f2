// SPDX-License-Identifier: GPL-2.0-only
#include "shipped.h"
#include "arch/arch.h"
#include "parent.h"
#include "util.h"

#include <stdlib.h>

/* A section of the shipped kernel that is loaded. */
struct range {
	const char *name;
	const uint8_t *data;
	uint64_t address, size;
	bool code;
};

struct shipped {
	struct diff *diff;
	struct range *ranges;
	size_t nr, max;
	uint64_t text;
	uint64_t **places; /* per section of the original: of each relocation; NULL: not read yet */
};

/*
 * The kernel's image, from _text on, is smaller (KERNEL_IMAGE_SIZE of asm/page_64_types.h,
 * Linux 6.1). Per-CPU variables have addresses of their own, from 0 on.
 */
#define IMAGE_SIZE (UINT64_C(1) << 31)

static void add_range(struct shipped *shipped, Elf *elf, Elf_Scn *scn, size_t shstrndx)
{
	const char *name;
	Elf_Data *data;
	GElf_Shdr shdr;

	if (!gelf_getshdr(scn, &shdr) || shdr.sh_type != SHT_PROGBITS ||
	    !(shdr.sh_flags & SHF_ALLOC) || shdr.sh_addr < shipped->text ||
	    shdr.sh_addr - shipped->text >= IMAGE_SIZE ||
	    shdr.sh_size >= IMAGE_SIZE - (shdr.sh_addr - shipped->text))
		return;
	name = elf_strptr(elf, shstrndx, shdr.sh_name);
	data = elf_rawdata(scn, NULL);
	if (!name || !data || !data->d_buf || data->d_size != shdr.sh_size)
		return;
	grow(shipped->ranges, shipped->nr, shipped->max);
	shipped->ranges[shipped->nr++] = (struct range){ name, data->d_buf, shdr.sh_addr,
							 shdr.sh_size,
							 shdr.sh_flags & SHF_EXECINSTR };
}

struct shipped *shipped_open(struct diff *diff)
{
	Elf *elf = parent_elf(diff->parent);
	const struct parent_symbol *text;
	struct shipped *shipped;
	Elf_Scn *scn = NULL;
	size_t shstrndx;
	bool ambiguous;

	if (!elf || strcmp(diff->parent_name, "vmlinux") || elf_getshdrstrndx(elf, &shstrndx))
		return NULL;
	text = parent_lookup(diff->parent, "_text", false, &ambiguous);
	if (!text || parent_position(diff->parent, text) != 0)
		return NULL;
	shipped = xcalloc(1, sizeof(*shipped));
	shipped->diff = diff;
	shipped->text = text->address;
	shipped->places = xcalloc(diff->orig.nr_sections, sizeof(*shipped->places));
	while ((scn = elf_nextscn(elf, scn)))
		add_range(shipped, elf, scn, shstrndx);
	return shipped;
}

void shipped_close(struct shipped *shipped)
{
	size_t i;

	if (!shipped)
		return;
	for (i = 0; i < shipped->diff->orig.nr_sections; i++)
		free(shipped->places[i]);
	free(shipped->places);
	free(shipped->ranges);
	free(shipped);
}

/* The section that has all of @size bytes at @address. */
static const struct range *range_at(const struct shipped *shipped, uint64_t address, uint64_t size)
{
	size_t i;

	for (i = 0; i < shipped->nr; i++) {
		const struct range *range = &shipped->ranges[i];

		if (address >= range->address && address - range->address <= range->size &&
		    size <= range->size - (address - range->address))
			return range;
	}
	return NULL;
}

/* Reads the shipped code of a function; what is not found stays 0. */
static void read_places(struct shipped *shipped, const struct section *sec, uint64_t *places)
{
	const struct object *orig = &shipped->diff->orig;
	const struct symbol *sym = covering_symbol(orig, sec);
	const struct parent_symbol *function;
	const struct range *range;
	bool ambiguous;

	if (!sym || !sec->data)
		return;
	function =
		parent_lookup(shipped->diff->parent, sym->name, sym->bind == STB_LOCAL, &ambiguous);
	range = function ? range_at(shipped, function->address, function->size) : NULL;
	if (range && range->code)
		arch_x86_64.read_beside(orig, sec, entry_offset(orig, sec),
					range->data + (function->address - range->address),
					function->size, function->address, places);
}

uint64_t shipped_place(struct shipped *shipped, const struct section *sec, const struct rela *rela)
{
	uint32_t index = section_index(&shipped->diff->orig, sec);

	if (!shipped->places[index]) {
		shipped->places[index] = xcalloc(sec->nr_relas + 1, sizeof(uint64_t));
		read_places(shipped, sec, shipped->places[index]);
	}
	return shipped->places[index][rela - sec->relas];
}

const uint8_t *shipped_rodata(const struct shipped *shipped, uint64_t address, uint64_t size)
{
	const struct range *range = range_at(shipped, address, size);

	return range && has_prefix(range->name, ".rodata")
		       ? range->data + (address - range->address)
		       : NULL;
}

uint64_t shipped_text(const struct shipped *shipped)
{
	return shipped->text;
}
