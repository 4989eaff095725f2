// SPDX-License-Identifier: GPL-2.0-only
#include "elf-writer.h"
#include "arch/arch.h"
#include "util.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct out_section {
	const char *name;
	uint32_t type;
	uint64_t flags, entsize, align, size;
	uint8_t *data;
	uint64_t max;
	Elf64_Rela *relas;
	size_t nr_relas, max_relas;
	uint32_t symbol; /* handle of its section symbol + 1, or 0 */
	uint32_t link; /* of SHF_LINK_ORDER */
	char *rela_name;
	Elf64_Word name_offset, rela_name_offset;
};

struct out_symbol {
	const char *name;
	uint32_t section;
	uint64_t value, size;
	uint8_t bind, type;
	uint32_t index; /* in the written table */
};

struct strings {
	char *data;
	size_t size, max;
};

struct elf_writer {
	struct out_section *sections; /* 0 is the null section */
	size_t nr_sections, max_sections;
	struct out_symbol *symbols; /* by handle */
	size_t nr_symbols, max_symbols;
	struct strings names, section_names;
	Elf64_Sym *table;
	uint32_t first_global;
};

struct elf_writer *elf_writer_new(void)
{
	struct elf_writer *w = xcalloc(1, sizeof(*w));

	elf_writer_section(w, "", SHT_NULL, 0, 0);
	return w;
}

void elf_writer_free(struct elf_writer *w)
{
	size_t i;

	for (i = 0; i < w->nr_sections; i++) {
		free(w->sections[i].data);
		free(w->sections[i].relas);
		free(w->sections[i].rela_name);
	}
	free(w->sections);
	free(w->symbols);
	free(w->names.data);
	free(w->section_names.data);
	free(w->table);
	free(w);
}

uint32_t elf_writer_section(struct elf_writer *w, const char *name, uint32_t type, uint64_t flags,
			    uint64_t entsize)
{
	struct out_section *sec;

	grow(w->sections, w->nr_sections, w->max_sections);
	sec = &w->sections[w->nr_sections];
	memset(sec, 0, sizeof(*sec));
	sec->name = name;
	sec->type = type;
	sec->flags = flags;
	sec->entsize = entsize;
	sec->align = 1;
	return (uint32_t)w->nr_sections++;
}

void elf_writer_link_order(struct elf_writer *w, uint32_t section, uint32_t with)
{
	w->sections[section].flags |= SHF_LINK_ORDER;
	w->sections[section].link = with;
}

uint64_t elf_writer_append(struct elf_writer *w, uint32_t section, const void *data, uint64_t size,
			   uint64_t align, uint8_t fill)
{
	struct out_section *sec = &w->sections[section];
	uint64_t start;

	if (!align)
		align = 1;
	start = (sec->size + align - 1) / align * align;
	if (align > sec->align)
		sec->align = align;
	if (sec->type != SHT_NOBITS && start + size > sec->max) {
		sec->max = (start + size) * 2;
		sec->data = xrealloc(sec->data, sec->max, 1);
	}
	if (sec->type != SHT_NOBITS && start + size) {
		memset(sec->data + sec->size, fill, start - sec->size);
		if (data)
			memcpy(sec->data + start, data, size);
		else
			memset(sec->data + start, 0, size);
	}
	sec->size = start + size;
	return start;
}

void elf_writer_rela(struct elf_writer *w, uint32_t section, uint64_t offset, uint32_t type,
		     uint32_t symbol, int64_t addend)
{
	struct out_section *sec = &w->sections[section];
	size_t width = type == R_X86_64_NONE ? 0 : arch_x86_64.rela_width(type);

	if (sec->data && offset <= sec->size && width <= sec->size - offset)
		memset(sec->data + offset, 0, width);
	grow(sec->relas, sec->nr_relas, sec->max_relas);
	sec->relas[sec->nr_relas++] = (Elf64_Rela){
		.r_offset = offset,
		.r_info = ELF64_R_INFO((uint64_t)symbol, type),
		.r_addend = addend,
	};
}

uint32_t elf_writer_symbol(struct elf_writer *w, const char *name, uint32_t section, uint64_t value,
			   uint64_t size, uint8_t bind, uint8_t type)
{
	grow(w->symbols, w->nr_symbols, w->max_symbols);
	w->symbols[w->nr_symbols] = (struct out_symbol){
		.name = name,
		.section = section,
		.value = value,
		.size = size,
		.bind = bind,
		.type = type,
	};
	return (uint32_t)w->nr_symbols++;
}

uint32_t elf_writer_section_symbol(struct elf_writer *w, uint32_t section)
{
	if (!w->sections[section].symbol) {
		uint32_t handle = elf_writer_symbol(w, "", section, 0, 0, STB_LOCAL, STT_SECTION);

		w->sections[section].symbol = handle + 1;
	}
	return w->sections[section].symbol - 1;
}

void elf_writer_resize_symbol(struct elf_writer *w, uint32_t symbol, uint64_t size)
{
	w->symbols[symbol].size = size;
}

static Elf64_Word add_string(struct strings *strings, const char *s)
{
	size_t at, n = strlen(s) + 1;

	if (!strings->size || *s == '\0') {
		if (!strings->size) {
			strings->max = 4096;
			strings->data = xcalloc(strings->max, 1);
			strings->size = 1;
		}
		if (*s == '\0')
			return 0;
	}
	at = strings->size;
	if (at + n > strings->max) {
		strings->max = (at + n) * 2;
		strings->data = xrealloc(strings->data, strings->max, 1);
	}
	memcpy(strings->data + at, s, n);
	strings->size += n;
	return (Elf64_Word)at;
}

/* Section symbols first, then other local ones, then global ones, as the gABI asks. */
static int symbol_rank(const struct out_symbol *sym)
{
	if (sym->bind != STB_LOCAL)
		return 2;
	return sym->type == STT_SECTION ? 0 : 1;
}

static void make_symbol_table(struct elf_writer *w)
{
	uint32_t next = 1;
	size_t i;
	int rank;

	w->table = xcalloc(w->nr_symbols + 1, sizeof(*w->table));
	for (rank = 0; rank < 3; rank++) {
		if (rank == 2)
			w->first_global = next;
		for (i = 0; i < w->nr_symbols; i++) {
			struct out_symbol *sym = &w->symbols[i];
			Elf64_Sym *raw = &w->table[next];

			if (symbol_rank(sym) != rank)
				continue;
			raw->st_name = add_string(&w->names, sym->name);
			raw->st_info = ELF64_ST_INFO(sym->bind, sym->type);
			raw->st_shndx = (Elf64_Section)sym->section;
			raw->st_value = sym->value;
			raw->st_size = sym->size;
			sym->index = next++;
		}
	}
}

static int by_offset(const void *a, const void *b)
{
	const Elf64_Rela *ra = a, *rb = b;

	return ra->r_offset < rb->r_offset ? -1 : ra->r_offset > rb->r_offset;
}

static void finish_relas(struct elf_writer *w)
{
	size_t s, i;

	for (s = 0; s < w->nr_sections; s++) {
		struct out_section *sec = &w->sections[s];

		for (i = 0; i < sec->nr_relas; i++) {
			Elf64_Rela *rela = &sec->relas[i];
			uint32_t handle = (uint32_t)ELF64_R_SYM(rela->r_info);

			rela->r_info = ELF64_R_INFO((uint64_t)w->symbols[handle].index,
						    ELF64_R_TYPE(rela->r_info));
		}
		if (!sec->nr_relas)
			continue;
		qsort(sec->relas, sec->nr_relas, sizeof(*sec->relas), by_offset);
		sec->rela_name = xasprintf(".rela%s", sec->name);
		sec->rela_name_offset = add_string(&w->section_names, sec->rela_name);
	}
}

static Elf_Scn *put_section(Elf *elf, const Elf64_Shdr *shdr, void *data, uint64_t size,
			    Elf_Type type)
{
	Elf_Scn *scn = elf_newscn(elf);
	Elf64_Shdr *out = scn ? elf64_getshdr(scn) : NULL;
	Elf_Data *d = out ? elf_newdata(scn) : NULL;

	if (!d)
		return NULL;
	*out = *shdr;
	d->d_buf = data;
	d->d_size = size;
	d->d_align = shdr->sh_addralign;
	d->d_type = type;
	return scn;
}

static bool put_contents(struct elf_writer *w, Elf *elf)
{
	size_t i;

	for (i = 1; i < w->nr_sections; i++) {
		struct out_section *sec = &w->sections[i];
		Elf64_Shdr shdr = {
			.sh_name = sec->name_offset,
			.sh_type = sec->type,
			.sh_flags = sec->flags,
			.sh_link = sec->link,
			.sh_addralign = sec->align,
			.sh_entsize = sec->entsize,
		};

		if (!put_section(elf, &shdr, sec->data, sec->size, ELF_T_BYTE))
			return false;
	}
	return true;
}

static bool put_relas(struct elf_writer *w, Elf *elf)
{
	size_t i;

	for (i = 1; i < w->nr_sections; i++) {
		struct out_section *sec = &w->sections[i];
		Elf64_Shdr shdr = {
			.sh_name = sec->rela_name_offset,
			.sh_type = SHT_RELA,
			.sh_flags = SHF_INFO_LINK,
			.sh_link = (Elf64_Word)w->nr_sections,
			.sh_info = (Elf64_Word)i,
			.sh_addralign = 8,
			.sh_entsize = sizeof(Elf64_Rela),
		};

		if (sec->nr_relas && !put_section(elf, &shdr, sec->relas,
						  sec->nr_relas * sizeof(*sec->relas), ELF_T_RELA))
			return false;
	}
	return true;
}

/* The order is: contents, symbol table, its strings, section names, relocations. */
static bool put_all(struct elf_writer *w, Elf *elf)
{
	Elf64_Ehdr *ehdr = elf64_newehdr(elf);
	Elf64_Shdr symtab = {
		.sh_type = SHT_SYMTAB,
		.sh_link = (Elf64_Word)w->nr_sections + 1,
		.sh_info = w->first_global,
		.sh_addralign = 8,
		.sh_entsize = sizeof(Elf64_Sym),
	};
	Elf64_Shdr strtab = { .sh_type = SHT_STRTAB, .sh_addralign = 1 };
	Elf64_Shdr shstrtab = strtab;

	if (!ehdr)
		return false;
	ehdr->e_ident[EI_DATA] = ELFDATA2LSB;
	ehdr->e_machine = EM_X86_64;
	ehdr->e_type = ET_REL;
	ehdr->e_version = EV_CURRENT;
	ehdr->e_shstrndx = (Elf64_Section)(w->nr_sections + 2);
	symtab.sh_name = add_string(&w->section_names, ".symtab");
	strtab.sh_name = add_string(&w->section_names, ".strtab");
	shstrtab.sh_name = add_string(&w->section_names, ".shstrtab");
	return put_contents(w, elf) &&
	       put_section(elf, &symtab, w->table, (w->nr_symbols + 1) * sizeof(*w->table),
			   ELF_T_SYM) &&
	       put_section(elf, &strtab, w->names.data, w->names.size, ELF_T_BYTE) &&
	       put_section(elf, &shstrtab, w->section_names.data, w->section_names.size,
			   ELF_T_BYTE) &&
	       put_relas(w, elf) && elf_update(elf, ELF_C_WRITE) >= 0;
}

static int write_file(struct elf_writer *w, const char *temporary, const char *path, char **error)
{
	int fd = open(temporary, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	Elf *elf = fd < 0 ? NULL : elf_begin(fd, ELF_C_WRITE, NULL);
	bool ok;

	/* libelf says that it cannot write, and errno why */
	if (elf)
		errno = 0;
	ok = elf && put_all(w, elf);
	if (!ok)
		*error = xasprintf("%s: %s", path, errno ? strerror(errno) : elf_errmsg(-1));
	elf_end(elf);
	if (fd >= 0 && close(fd) && ok) {
		*error = xasprintf("%s: %s", path, strerror(errno));
		ok = false;
	}
	return ok ? 0 : -1;
}

int elf_writer_write(struct elf_writer *w, const char *temporary, const char *path, char **error)
{
	size_t i;

	add_string(&w->names, "");
	for (i = 1; i < w->nr_sections; i++)
		w->sections[i].name_offset = add_string(&w->section_names, w->sections[i].name);
	make_symbol_table(w);
	finish_relas(w);
	if (!write_file(w, temporary, path, error))
		return 0;
	unlink(temporary);
	return -1;
}
