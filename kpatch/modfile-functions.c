// SPDX-License-Identifier: GPL-2.0-only
/* Reading the records of replaced functions out of a module file. */
#include <gelf.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "kmod/patch/kpatch-records.h"
#include "kpatch/cleanup.h"
#include "kpatch/message.h"
#include "kpatch/modfile.h"

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
	Elf_Scn *section = modfile_section(elf, ".rela" KPATCH_FUNCS_SECTION, &header);

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

struct strings_of_record {
	const char *name;
	const char *object;
};

static void read_strings(const struct relocations *relocations, struct strings_of_record *strings,
			 size_t count)
{
	for (size_t i = 0; i < relocations->count; i++) {
		uint64_t place;
		const char *text = pointed_string(relocations, i, &place);

		if (!text || place / sizeof(struct kpatch_func_record) >= count)
			continue;
		switch (place % sizeof(struct kpatch_func_record)) {
		case offsetof(struct kpatch_func_record, old_name):
			strings[place / sizeof(struct kpatch_func_record)].name = text;
			break;
		case offsetof(struct kpatch_func_record, object):
			strings[place / sizeof(struct kpatch_func_record)].object = text;
			break;
		}
	}
}

struct functions modfile_functions(const struct modfile *file)
{
	_cleanup_free_ struct strings_of_record *strings = NULL;
	struct functions functions = { 0 };
	struct relocations relocations;
	GElf_Shdr header;
	Elf_Scn *section = modfile_section(file->elf, KPATCH_FUNCS_SECTION, &header);
	Elf_Data *data = section ? elf_rawdata(section, NULL) : NULL;
	size_t count = data && data->d_buf ? data->d_size / sizeof(struct kpatch_func_record) : 0;

	if (count == 0 || !find_relocations(file->elf, &relocations))
		return functions;
	strings = calloc(count, sizeof(*strings));
	if (!strings)
		out_of_memory();
	read_strings(&relocations, strings, count);
	for (size_t i = 0; i < count; i++) {
		struct kpatch_func_record record;

		memcpy(&record, (const char *)data->d_buf + i * sizeof(record), sizeof(record));
		if (strings[i].name && strings[i].object)
			functions_add(&functions, strings[i].object, strings[i].name,
				      record.sympos);
	}
	return functions;
}
