// SPDX-License-Identifier: GPL-2.0-only
/* Reading the records of replaced functions out of a module file. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "kmod/patch/kpatch-records.h"
#include "lib/elf-section.h"
#include "lib/replaced-functions.h"

/* The tables that a relocation section refers to. libelf checks every index into them. */
struct relocations {
	Elf *elf;
	Elf_Data *data;
	Elf_Data *symbols;
	size_t count;
};

static bool find_relocations(Elf *elf, struct relocations *relocations)
{
	GElf_Shdr header;
	Elf_Scn *section = elf_section(elf, ".rela" KPATCH_FUNCS_SECTION, &header);

	if (!section || header.sh_type != SHT_RELA || header.sh_entsize == 0)
		return false;
	relocations->elf = elf;
	relocations->count = header.sh_size / header.sh_entsize;
	relocations->data = elf_getdata(section, NULL);
	section = elf_getscn(elf, header.sh_link);
	if (!section || !gelf_getshdr(section, &header) || header.sh_type != SHT_SYMTAB)
		return false;
	relocations->symbols = elf_getdata(section, NULL);
	return relocations->data && relocations->symbols;
}

/* The string at @offset of section number @index, NULL when there is none that ends in it. */
static const char *string_at(Elf *elf, size_t index, uint64_t offset)
{
	Elf_Scn *section = elf_getscn(elf, index);
	Elf_Data *data = section ? elf_rawdata(section, NULL) : NULL;
	const char *text;

	if (!data || !data->d_buf || offset >= data->d_size)
		return NULL;
	text = (const char *)data->d_buf + offset;
	return memchr(text, '\0', data->d_size - offset) ? text : NULL;
}

/* The string that relocation number @index will make a pointer to; *@place is that pointer's. */
static const char *pointed_string(const struct relocations *relocations, size_t index,
				  uint64_t *place)
{
	GElf_Sym symbol;
	GElf_Rela rela;

	if (!gelf_getrela(relocations->data, index, &rela) ||
	    !gelf_getsym(relocations->symbols, GELF_R_SYM(rela.r_info), &symbol))
		return NULL;
	*place = rela.r_offset;
	return string_at(relocations->elf, symbol.st_shndx,
			 symbol.st_value + (uint64_t)rela.r_addend);
}

static void read_strings(const struct relocations *relocations, struct replaced_function *items,
			 size_t count)
{
	for (size_t i = 0; i < relocations->count; i++) {
		uint64_t place;
		const char *text = pointed_string(relocations, i, &place);

		if (!text || place / sizeof(struct kpatch_func_record) >= count)
			continue;
		switch (place % sizeof(struct kpatch_func_record)) {
		case offsetof(struct kpatch_func_record, old_name):
			items[place / sizeof(struct kpatch_func_record)].name = text;
			break;
		case offsetof(struct kpatch_func_record, object):
			items[place / sizeof(struct kpatch_func_record)].object = text;
			break;
		}
	}
}

/* Rows without both names are left out. */
static void keep_named(struct replaced_functions *functions, const unsigned char *rows,
		       size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct replaced_function function = functions->items[i];
		struct kpatch_func_record row;

		if (!function.name || !function.object)
			continue;
		memcpy(&row, rows + i * sizeof(row), sizeof(row));
		function.position = row.sympos;
		functions->items[functions->count++] = function;
	}
}

/* What is wrong with them, or NULL. */
static const char *read_rows(struct replaced_functions *functions, Elf *elf, const Elf_Data *data)
{
	size_t count = data->d_size / sizeof(struct kpatch_func_record);
	struct relocations relocations;

	functions->items = calloc(count + 1, sizeof(*functions->items));
	if (!functions->items)
		return "memory is out";
	if (find_relocations(elf, &relocations))
		read_strings(&relocations, functions->items, count);
	keep_named(functions, data->d_buf, count);
	if (data->d_size % sizeof(struct kpatch_func_record) != 0)
		return "the last one is cut off";
	return functions->count == count ? NULL : "one has no name, or no object";
}

bool replaced_read(struct replaced_functions *functions, Elf *elf)
{
	GElf_Shdr header;
	Elf_Data *data = elf_section_bytes(elf, KPATCH_FUNCS_SECTION);

	*functions = (struct replaced_functions){ .items = NULL };
	functions->listed = elf_section(elf, KPATCH_FUNCS_SECTION, &header);
	if (data)
		functions->problem = read_rows(functions, elf, data);
	else if (functions->listed && header.sh_size != 0)
		functions->problem = "they are not in the file";
	return !functions->problem;
}

void replaced_free(struct replaced_functions *functions)
{
	free(functions->items);
	*functions = (struct replaced_functions){ .items = NULL };
}
