// SPDX-License-Identifier: GPL-2.0-only
/* Reading the joined object: nothing behind this file needs to distrust the input. */
#include "create-patch-module.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <libelf.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "util.h"

#define bad_elf(module, fmt, ...) \
	fatal("elf-malformed", "%s: " fmt "; make the object anew", (module)->path, ##__VA_ARGS__)

void refuse(struct module *module, const char *id, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "%s: error: ", program_invocation_short_name);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fprintf(stderr, " [%s]\n", id);
	module->refusals++;
}

static void own(struct module *module, void *memory)
{
	grow(module->owned, module->nr_owned, module->max_owned);
	module->owned[module->nr_owned++] = memory;
}

const char *module_string(struct module *module, const char *fmt, ...)
{
	va_list ap;
	char *s;
	int n;

	va_start(ap, fmt);
	n = vasprintf(&s, fmt, ap);
	va_end(ap);
	if (n < 0)
		fatal("no-memory", "out of memory");
	own(module, s);
	return s;
}

/* What Linux accepts in arch/x86/kernel/module.c, apply_relocate_add(), 6.1 and 6.12. */
unsigned int relocation_width(uint32_t type)
{
	switch (type) {
	case R_X86_64_64:
	case R_X86_64_PC64:
		return 8;
	case R_X86_64_32:
	case R_X86_64_32S:
	case R_X86_64_PC32:
	case R_X86_64_PLT32:
		return 4;
	default:
		return 0;
	}
}

struct section *module_section(struct module *module, const char *name)
{
	for (size_t i = 1; i < module->nr_sections; i++)
		if (module->sections[i].keep && !strcmp(module->sections[i].name, name))
			return &module->sections[i];
	return NULL;
}

uint32_t section_index(const struct module *module, const struct section *section)
{
	return section ? section - module->sections : 0;
}

struct section *module_add_section(struct module *module, const char *name, uint32_t type,
				   uint64_t flags, void *data, uint64_t size)
{
	struct section *section;

	grow(module->sections, module->nr_sections, module->max_sections);
	section = &module->sections[module->nr_sections++];
	*section = (struct section){
		.name = name,
		.shdr = { .sh_type = type, .sh_flags = flags, .sh_addralign = 8 },
		.data = data,
		.size = size,
		.keep = true,
	};
	return section;
}

Elf64_Rela *section_relas(struct module *module, const struct section *section, size_t *count)
{
	struct section *rela = &module->sections[section->rela];

	if (!section->rela || !rela->keep) {
		*count = 0;
		return NULL;
	}
	*count = rela->size / sizeof(Elf64_Rela);
	return (Elf64_Rela *)rela->data;
}

static const Elf64_Rela **relas_by_word(struct module *module, const struct section *section)
{
	const Elf64_Rela **rows = xcalloc(section->size / 8, sizeof(*rows));
	size_t count;
	const Elf64_Rela *relas = section_relas(module, section, &count);

	own(module, rows);
	for (size_t i = 0; i < count; i++) {
		uint64_t word = relas[i].r_offset / 8;

		if (ELF64_R_TYPE(relas[i].r_info) != R_X86_64_64 || relas[i].r_offset % 8 ||
		    word >= section->size / 8 || rows[word])
			fatal("record-malformed",
			      "%s: section %s: a record has a wrong relocation at offset %#" PRIx64
			      "; create-diff-object and create-patch-module do not fit together",
			      module->path, section->name, relas[i].r_offset);
		rows[word] = &relas[i];
	}
	return rows;
}

/* The number of rows of @words words each; a diff object can have an empty section. */
static size_t row_count(const struct module *module, const struct section *section, size_t words)
{
	if (!section || !section->size)
		return 0;
	if (!section->data || section->size % (words * 8))
		fatal("record-malformed",
		      "%s: section %s is not a whole number of records; create-diff-object and "
		      "create-patch-module do not fit together",
		      module->path, section->name);
	return section->size / (words * 8);
}

struct rows module_rows(struct module *module, const char *name, size_t size)
{
	const struct section *section = module_section(module, name);

	return (struct rows){
		.section = section,
		.relas = section ? relas_by_word(module, section) : NULL,
		.size = size,
		.count = row_count(module, section, size / 8),
	};
}

const Elf64_Rela **row_relas(const struct rows *rows, size_t index)
{
	return rows->relas + index * (rows->size / 8);
}

uint64_t row_word(const struct rows *rows, size_t index, size_t offset)
{
	uint64_t value;

	memcpy(&value, rows->section->data + index * rows->size + offset, sizeof(value));
	return value;
}

const char *rela_string(struct module *module, const Elf64_Rela *rela, const char *what)
{
	const struct symbol *symbol = rela ? &module->symbols[ELF64_R_SYM(rela->r_info)] : NULL;
	const struct section *section;
	uint64_t offset;

	if (!symbol || !symbol->sym.st_shndx || symbol->sym.st_shndx >= module->nr_sections)
		fatal("record-malformed", "%s: a record has no %s", module->path, what);
	section = &module->sections[symbol->sym.st_shndx];
	offset = symbol->sym.st_value + (uint64_t)rela->r_addend;
	if (!section->data || offset >= section->size ||
	    !memchr(section->data + offset, 0, section->size - offset))
		fatal("record-malformed", "%s: a record's %s is outside section %s", module->path,
		      what, section->name);
	return (const char *)section->data + offset;
}

static void load_data(struct module *module, Elf_Scn *scn, struct section *section)
{
	Elf_Data *data;

	section->size = section->shdr.sh_size;
	if (section->shdr.sh_type == SHT_NOBITS || !section->size)
		return;
	data = elf_rawdata(scn, NULL);
	if (!data || !data->d_buf || data->d_size != section->size)
		bad_elf(module, "section %s reaches beyond the end of the file", section->name);
	section->data = xcalloc(section->size, 1);
	memcpy(section->data, data->d_buf, section->size);
}

/* Behind objtool the replaced functions get the name and the flag that they have in the module. */
static void settle_funcs(struct section *section)
{
	if (!strcmp(section->name, KPATCH_DIFF_FUNCS_SECTION)) {
		section->name = KPATCH_FUNCS_SECTION;
		section->shdr.sh_flags |= SHF_ALLOC;
	} else if (!strcmp(section->name, ".rela" KPATCH_DIFF_FUNCS_SECTION)) {
		section->name = ".rela" KPATCH_FUNCS_SECTION;
	}
}

/* The kernel places a module at the start of a page (module_alloc()), no better. */
static void check_align(struct module *module, const struct section *section)
{
	uint64_t align = section->shdr.sh_addralign;

	if (align > 4096 || align & (align - 1))
		bad_elf(module, "section %s is to be aligned to %" PRIu64 " bytes", section->name,
			align);
}

static void load_sections(struct module *module, Elf *elf)
{
	size_t count, names;

	if (elf_getshdrnum(elf, &count) || elf_getshdrstrndx(elf, &names) || !count)
		bad_elf(module, "no section headers: %s", elf_errmsg(-1));
	/* Room for the sections to come; SHN_LIVEPATCH is one of the reserved indexes. */
	if (count > SHN_LORESERVE / 2)
		fatal("too-many-sections",
		      "%s: %zu sections are more than a kernel module can have", module->path,
		      count);
	module->max_sections = count;
	module->sections = xcalloc(count, sizeof(*module->sections));
	module->nr_sections = count;
	for (size_t i = 0; i < count; i++) {
		struct section *section = &module->sections[i];
		Elf_Scn *scn = elf_getscn(elf, i);
		const Elf64_Shdr *shdr = scn ? elf64_getshdr(scn) : NULL;

		section->name = shdr ? elf_strptr(elf, names, shdr->sh_name) : NULL;
		if (!section->name)
			bad_elf(module, "section %zu has no name", i);
		section->name = module_string(module, "%s", section->name);
		section->shdr = *shdr;
		section->keep = i && shdr->sh_type != SHT_NULL;
		settle_funcs(section);
		check_align(module, section);
		if ((shdr->sh_flags & SHF_LINK_ORDER) && shdr->sh_link >= count)
			bad_elf(module, "section %s belongs to a section that does not exist",
				section->name);
		if (section->keep)
			load_data(module, scn, section);
	}
}

static void check_symbol(struct module *module, const struct symbol *symbol)
{
	uint16_t shndx = symbol->sym.st_shndx;

	if (shndx == SHN_COMMON)
		fatal("common-symbol",
		      "%s: symbol %s is a common symbol, which the kernel's loader refuses; "
		      "compile with -fno-common",
		      module->path, symbol->name);
	if (shndx >= module->nr_sections && shndx != SHN_ABS)
		bad_elf(module, "symbol %s is in section %u, which does not exist", symbol->name,
			shndx);
}

static void load_symbols(struct module *module, Elf *elf)
{
	const struct section *symtab;
	const Elf64_Sym *syms;

	for (size_t i = 1; i < module->nr_sections; i++) {
		uint32_t type = module->sections[i].shdr.sh_type;

		if (type == SHT_SYMTAB_SHNDX || (type == SHT_SYMTAB && module->symtab))
			bad_elf(module, "more than one symbol table");
		if (type == SHT_SYMTAB)
			module->symtab = i;
	}
	symtab = &module->sections[module->symtab];
	if (!module->symtab || symtab->shdr.sh_entsize != sizeof(*syms) || !symtab->size ||
	    symtab->size % sizeof(*syms))
		bad_elf(module, "no usable symbol table");
	syms = (const Elf64_Sym *)symtab->data;
	module->nr_symbols = symtab->size / sizeof(*syms);
	module->symbols = xcalloc(module->nr_symbols, sizeof(*module->symbols));
	for (size_t i = 0; i < module->nr_symbols; i++) {
		struct symbol *symbol = &module->symbols[i];
		const char *name = elf_strptr(elf, symtab->shdr.sh_link, syms[i].st_name);

		if (!name)
			bad_elf(module, "symbol %zu has no name", i);
		symbol->sym = syms[i];
		symbol->name = module_string(module, "%s", name);
		check_symbol(module, symbol);
	}
}

static void check_relas(struct module *module, const struct section *section,
			const struct section *target)
{
	const Elf64_Rela *relas = (const Elf64_Rela *)section->data;

	for (size_t i = 0; i < section->size / sizeof(*relas); i++) {
		uint32_t type = ELF64_R_TYPE(relas[i].r_info);
		unsigned int width = relocation_width(type);

		if (ELF64_R_SYM(relas[i].r_info) >= module->nr_symbols)
			bad_elf(module, "section %s: relocation %zu has no symbol", section->name,
				i);
		if (relas[i].r_offset > target->size || width > target->size - relas[i].r_offset)
			bad_elf(module, "section %s: relocation %zu is outside section %s",
				section->name, i, target->name);
		if (!width && type != R_X86_64_NONE && (target->shdr.sh_flags & SHF_ALLOC))
			refuse(module, "relocation-unknown",
			       "section %s, offset %#" PRIx64 ": the kernel does not know "
			       "relocation type %u, against symbol "
			       "%s; compile with the kernel's own "
			       "options",
			       target->name, relas[i].r_offset, type,
			       module->symbols[ELF64_R_SYM(relas[i].r_info)].name);
	}
}

static void load_relas(struct module *module)
{
	for (size_t i = 1; i < module->nr_sections; i++) {
		const struct section *section = &module->sections[i];
		uint32_t info = section->shdr.sh_info;
		struct section *target;

		if (section->shdr.sh_type == SHT_REL)
			bad_elf(module, "section %s has relocations without addends",
				section->name);
		if (section->shdr.sh_type != SHT_RELA)
			continue;
		if (!info || info >= module->nr_sections || info == i ||
		    section->shdr.sh_link != module->symtab ||
		    section->shdr.sh_entsize != sizeof(Elf64_Rela) ||
		    section->size % sizeof(Elf64_Rela))
			bad_elf(module, "section %s is not a usable relocation section",
				section->name);
		target = &module->sections[info];
		if (target->rela || target->shdr.sh_type == SHT_RELA)
			bad_elf(module, "section %s has two relocation sections", target->name);
		target->rela = i;
		check_relas(module, section, target);
	}
}

/* Section symbols have no name of their own. */
static void name_section_symbols(struct module *module)
{
	for (size_t i = 1; i < module->nr_symbols; i++) {
		struct symbol *symbol = &module->symbols[i];

		if (ELF64_ST_TYPE(symbol->sym.st_info) == STT_SECTION &&
		    symbol->sym.st_shndx < module->nr_sections)
			symbol->name = module->sections[symbol->sym.st_shndx].name;
	}
}

static void check_header(struct module *module, Elf *elf)
{
	const Elf64_Ehdr *ehdr;

	if (!elf || elf_kind(elf) != ELF_K_ELF)
		fatal("not-elf", "%s: not an ELF file; give the object that ld -r wrote",
		      module->path);
	ehdr = elf64_getehdr(elf);
	if (!ehdr || ehdr->e_ident[EI_DATA] != ELFDATA2LSB || ehdr->e_machine != EM_X86_64 ||
	    ehdr->e_type != ET_REL)
		fatal("not-relocatable",
		      "%s: not a relocatable x86-64 object; give the object that ld -r wrote",
		      module->path);
	module->e_flags = ehdr->e_flags;
}

void module_load(struct module *module, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	Elf *elf;

	if (fd < 0)
		fatal("cannot-read", "%s: cannot open: %s", path, strerror(errno));
	module->path = path;
	elf_version(EV_CURRENT);
	elf = elf_begin(fd, ELF_C_READ, NULL);
	check_header(module, elf);
	load_sections(module, elf);
	load_symbols(module, elf);
	name_section_symbols(module);
	load_relas(module);
	elf_end(elf);
	close(fd);
}

void module_free(struct module *module)
{
	for (size_t i = 0; i < module->nr_sections; i++)
		free(module->sections[i].data);
	for (size_t i = 0; i < module->nr_owned; i++)
		free(module->owned[i]);
	free(module->sections);
	free(module->symbols);
	free(module->owned);
}
