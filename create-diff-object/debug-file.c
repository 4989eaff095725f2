// SPDX-License-Identifier: GPL-2.0-only
/*
 * libdwarf asks for sections through an interface, behind which they are relocated here.
 * It could read the file itself, but then the addresses of all functions would start at
 * 0, and it relocates all sections, needed or not.
 */
#include "debug-file.h"
#include "util.h"

#include <stdlib.h>

/* What types, functions and lines are read from. */
static const char *const wanted[] = {
	".debug_info",	   ".debug_abbrev", ".debug_str",  ".debug_line",	 ".debug_line_str",
	".debug_rnglists", ".debug_ranges", ".debug_addr", ".debug_str_offsets",
};

const struct debug_section *find_debug_section(const struct debug_file *file, const char *name)
{
	size_t i;

	for (i = 0; i < file->nr; i++) {
		if (!strcmp(file->sections[i].name, name))
			return &file->sections[i];
	}
	return NULL;
}

static bool is_wanted(const struct debug_file *file, const char *name)
{
	size_t i;

	if (find_debug_section(file, name))
		return false;
	for (i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
		if (!strcmp(wanted[i], name))
			return true;
	}
	return false;
}

/* elf_compress() writes to the section's header, which may be the one of the file. */
static void open_copy(struct debug_file *file)
{
	file->copy = xcalloc(file->obj->file_size, 1);
	memcpy(file->copy, file->obj->file, file->obj->file_size);
	file->elf = elf_memory(file->copy, file->obj->file_size);
}

/* What comes out belongs to @file->elf, and has a size of its own. */
static bool decompress(struct debug_file *file, struct debug_section *sec)
{
	Elf_Data *raw;
	Elf_Scn *scn;

	if (!file->copy)
		open_copy(file);
	scn = file->elf ? elf_getscn(file->elf, sec->index) : NULL;
	if (!scn || elf_compress(scn, 0, 0) < 0)
		return false;
	raw = elf_rawdata(scn, NULL);
	if (!raw || !raw->d_buf)
		return false;
	sec->raw = raw->d_buf;
	sec->size = raw->d_size;
	return true;
}

static void add_debug_section(struct debug_file *file, const struct section *sec)
{
	struct debug_section new = {
		.name = sec->name,
		.raw = sec->data,
		.size = sec->size,
		.index = section_index(file->obj, sec),
	};

	if (sec->shdr.sh_flags & SHF_COMPRESSED && !decompress(file, &new))
		return;
	if (new.raw && file->nr < DEBUG_MAX_SECTIONS)
		file->sections[file->nr++] = new;
}

static size_t field_width(uint32_t type)
{
	switch (type) {
	case R_X86_64_64:
		return 8;
	case R_X86_64_32:
		return 4;
	default:
		return 0;
	}
}

static void apply_rela(const struct object *obj, struct debug_section *sec, const Elf64_Rela *rela)
{
	uint64_t symbol = ELF64_R_SYM(rela->r_info);
	size_t width = field_width(ELF64_R_TYPE(rela->r_info));
	const struct symbol *sym;
	uint64_t value;

	if (!width || symbol >= obj->nr_symbols || rela->r_offset > sec->size ||
	    width > sec->size - rela->r_offset)
		return;
	sym = &obj->symbols[symbol];
	value = sym->value + (uint64_t)rela->r_addend;
	if (width == sizeof(uint64_t) && obj->sections[sym->section].shdr.sh_flags & SHF_ALLOC)
		value += debug_address(sym->section, 0);
	memcpy(sec->data + rela->r_offset, &value, width); /* the machine's byte order */
}

static void relocate(const struct object *obj, struct debug_section *sec)
{
	const struct section *rsec;
	Elf64_Rela rela;
	size_t i;

	for_each_section (obj, rsec) {
		if (rsec->shdr.sh_type != SHT_RELA || rsec->shdr.sh_info != sec->index)
			continue;
		for (i = 0; i < nr_raw_relas(rsec); i++) {
			rela = raw_rela(rsec, i);
			apply_rela(obj, sec, &rela);
		}
	}
}

static int get_section_info(void *arg, Dwarf_Half index, Dwarf_Obj_Access_Section *info, int *error)
{
	const struct debug_file *file = arg;

	memset(info, 0, sizeof(*info));
	info->name = "";
	if (index > file->nr)
		return DW_DLV_NO_ENTRY;
	if (index) {
		info->name = file->sections[index - 1].name;
		info->size = file->sections[index - 1].size;
		info->type = SHT_PROGBITS;
	}
	return DW_DLV_OK;
}

static Dwarf_Endianness byte_order(void *arg)
{
	return DW_OBJECT_LSB;
}

static Dwarf_Small length_size(void *arg)
{
	return 4;
}

static Dwarf_Small pointer_size(void *arg)
{
	return 8;
}

static Dwarf_Unsigned section_count(void *arg)
{
	return ((const struct debug_file *)arg)->nr + 1;
}

static int load_debug_section(void *arg, Dwarf_Half index, Dwarf_Small **data, int *error)
{
	struct debug_file *file = arg;
	struct debug_section *sec;

	if (!index || index > file->nr)
		return DW_DLV_NO_ENTRY;
	sec = &file->sections[index - 1];
	if (!sec->data) {
		sec->data = xcalloc(sec->size, 1);
		memcpy(sec->data, sec->raw, sec->size);
		relocate(file->obj, sec);
	}
	*data = sec->data;
	return DW_DLV_OK;
}

static const Dwarf_Obj_Access_Methods methods = {
	.get_section_info = get_section_info,
	.get_byte_order = byte_order,
	.get_length_size = length_size,
	.get_pointer_size = pointer_size,
	.get_section_count = section_count,
	.load_section = load_debug_section,
};

bool open_debug_file(struct debug_file *file, const struct object *obj)
{
	const struct section *sec;
	Dwarf_Error error = NULL;

	memset(file, 0, sizeof(*file));
	file->obj = obj;
	file->interface = (Dwarf_Obj_Access_Interface){ file, &methods };
	for_each_section (obj, sec) {
		if (is_wanted(file, sec->name) && sec->size)
			add_debug_section(file, sec);
	}
	if (dwarf_object_init_b(&file->interface, NULL, NULL, DW_GROUPNUMBER_ANY, &file->dbg,
				&error) != DW_DLV_OK)
		file->dbg = NULL;
	return file->dbg;
}
