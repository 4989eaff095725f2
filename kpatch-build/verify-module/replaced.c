// SPDX-License-Identifier: GPL-2.0-only
/* The functions that a finished module replaces. */
#include "verify-module.h"

#include "create-diff-object/util.h"
#include "kmod/patch/kpatch-records.h"

#include <gelf.h>
#include <stdlib.h>
#include <string.h>

Elf_Data *section_data(Elf *elf, const char *wanted, size_t *index)
{
	Elf_Scn *section = NULL;
	GElf_Shdr header;
	size_t names;

	if (elf_getshdrstrndx(elf, &names))
		return NULL;
	while ((section = elf_nextscn(elf, section))) {
		const char *name = gelf_getshdr(section, &header)
					   ? elf_strptr(elf, names, header.sh_name)
					   : NULL;

		if (!name || strcmp(name, wanted))
			continue;
		if (index)
			*index = elf_ndxscn(section);
		return header.sh_type == SHT_RELA ? elf_getdata(section, NULL)
						  : elf_rawdata(section, NULL);
	}
	return NULL;
}

/* The string that a relocation makes a pointer to, or NULL. */
static const char *pointed_string(Elf *elf, Elf_Data *symbols, const GElf_Rela *rela)
{
	Elf_Scn *section;
	Elf_Data *data;
	uint64_t offset;
	GElf_Sym sym;

	if (!gelf_getsym(symbols, (int)GELF_R_SYM(rela->r_info), &sym))
		return NULL;
	section = elf_getscn(elf, sym.st_shndx);
	data = section ? elf_rawdata(section, NULL) : NULL;
	offset = sym.st_value + (uint64_t)rela->r_addend;
	if (!data || !data->d_buf || offset >= data->d_size ||
	    !memchr((const char *)data->d_buf + offset, 0, data->d_size - offset))
		return NULL;
	return (const char *)data->d_buf + offset;
}

static void put_string(struct replaced *items, size_t nr, uint64_t place, const char *text)
{
	uint64_t row = place / sizeof(struct kpatch_func_record);

	if (row >= nr || !text)
		return;
	if (place % sizeof(struct kpatch_func_record) ==
	    offsetof(struct kpatch_func_record, old_name))
		items[row].name = text;
	if (place % sizeof(struct kpatch_func_record) ==
	    offsetof(struct kpatch_func_record, object))
		items[row].object = text;
}

static void read_strings(Elf *elf, struct replaced *items, size_t nr)
{
	size_t index = 0;
	Elf_Data *relas = section_data(elf, ".rela" KPATCH_FUNCS_SECTION, &index);
	GElf_Shdr header = { .sh_link = 0 };
	Elf_Scn *section = relas ? elf_getscn(elf, index) : NULL;
	Elf_Data *symbols;
	GElf_Rela rela;
	int i;

	if (!section || !gelf_getshdr(section, &header) || header.sh_type != SHT_RELA)
		return;
	section = elf_getscn(elf, header.sh_link);
	symbols = section ? elf_getdata(section, NULL) : NULL;
	for (i = 0; symbols && gelf_getrela(relas, i, &rela); i++)
		put_string(items, nr, rela.r_offset, pointed_string(elf, symbols, &rela));
}

struct replaced *read_replaced(Elf *elf, const char *path, size_t *nr)
{
	Elf_Data *data = section_data(elf, KPATCH_FUNCS_SECTION, NULL);
	struct replaced *items;
	size_t i;

	*nr = data && data->d_buf ? data->d_size / sizeof(struct kpatch_func_record) : 0;
	if (!*nr)
		fatal("bad-record",
		      "%s: it does not tell which functions it replaces: give a module that "
		      "kpatch-build has made",
		      path);
	items = xcalloc(*nr, sizeof(*items));
	read_strings(elf, items, *nr);
	for (i = 0; i < *nr; i++) {
		struct kpatch_func_record record;

		memcpy(&record, (const char *)data->d_buf + i * sizeof(record), sizeof(record));
		items[i].sympos = record.sympos;
		if (!items[i].name || !items[i].object)
			fatal("bad-record",
			      "%s: row %zu of its replaced functions has no name: copy or build it "
			      "again",
			      path, i);
	}
	return items;
}
