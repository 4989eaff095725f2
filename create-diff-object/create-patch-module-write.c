// SPDX-License-Identifier: GPL-2.0-only
/* Writing the module: new indexes, new symbol and string tables, everything else as it was. */
#include "create-patch-module.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <libelf.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util.h"

/* A string table that grows at its end; offset 0 is the empty string. */
struct strings {
	FILE *stream;
	char *data;
	size_t size;
};

struct output {
	Elf *elf;
	struct strings symbol_names, section_names;
	Elf64_Sym *symbols;
	size_t nr_symbols, nr_locals;
	uint32_t symtab; /* index of the section */
};

static void strings_open(struct strings *strings)
{
	strings->stream = open_memstream(&strings->data, &strings->size);
	if (!strings->stream)
		fatal("no-memory", "out of memory");
	fputc('\0', strings->stream);
}

static uint32_t strings_add(struct strings *strings, const char *s)
{
	long offset = ftell(strings->stream);

	if (!*s)
		return 0;
	fwrite(s, 1, strlen(s) + 1, strings->stream);
	return offset;
}

static bool keep_symbol(const struct module *module, const struct symbol *symbol)
{
	uint16_t shndx = symbol->sym.st_shndx;

	/* The name of a source file is of no use in the kernel, and can be a path. */
	if (ELF64_ST_TYPE(symbol->sym.st_info) == STT_FILE)
		return false;
	if (shndx == SHN_UNDEF)
		return symbol->used;
	return shndx == SHN_ABS || module->sections[shndx].keep;
}

static void add_symbol(struct module *module, struct symbol *symbol, struct output *output)
{
	Elf64_Sym *out = &output->symbols[output->nr_symbols];
	const char *name = symbol->name;

	*out = symbol->sym;
	if (ELF64_ST_TYPE(symbol->sym.st_info) == STT_SECTION)
		name = "";
	if (symbol->bound && !module->core) {
		name = module_string(module, ".klp.sym.%s.%s,%" PRIu64, symbol->bind.object,
				     symbol->bind.name, symbol->bind.sympos);
		out->st_shndx = KLP_SHN_LIVEPATCH;
	} else if (out->st_shndx < SHN_LORESERVE) {
		out->st_shndx = module->sections[out->st_shndx].out;
	}
	out->st_name = strings_add(&output->symbol_names, name);
	symbol->out = output->nr_symbols++;
}

/* Local symbols come first, as the gABI wants it; otherwise the order stays. */
static void renumber_symbols(struct module *module, struct output *output)
{
	output->symbols = xcalloc(module->nr_symbols, sizeof(*output->symbols));
	output->nr_symbols = 1;
	for (int local = 1; local >= 0; local--) {
		for (size_t i = 1; i < module->nr_symbols; i++) {
			struct symbol *symbol = &module->symbols[i];

			if ((ELF64_ST_BIND(symbol->sym.st_info) == STB_LOCAL) == local &&
			    keep_symbol(module, symbol))
				add_symbol(module, symbol, output);
		}
		if (local)
			output->nr_locals = output->nr_symbols;
	}
}

static void renumber_section_relas(struct module *module, struct section *section)
{
	Elf64_Rela *relas = (Elf64_Rela *)section->data;

	for (size_t i = 0; i < section->size / sizeof(*relas); i++) {
		uint32_t index = ELF64_R_SYM(relas[i].r_info);
		const struct symbol *symbol = &module->symbols[index];

		if (index && !symbol->out)
			fatal("reference-dropped",
			      "%s: section %s refers to %s, which is not part of a module",
			      module->path, module->sections[section->shdr.sh_info].name,
			      symbol->name);
		relas[i].r_info =
			ELF64_R_INFO((uint64_t)symbol->out, ELF64_R_TYPE(relas[i].r_info));
	}
}

static void renumber_relas(struct module *module)
{
	for (size_t i = 1; i < module->nr_sections; i++) {
		struct section *section = &module->sections[i];

		if (section->keep && section->shdr.sh_type == SHT_RELA)
			renumber_section_relas(module, section);
	}
}

static void write_section(struct output *output, Elf64_Shdr *from, const char *name, void *data,
			  size_t size, Elf_Type type)
{
	Elf_Scn *scn = elf_newscn(output->elf);
	Elf64_Shdr *shdr = scn ? elf64_getshdr(scn) : NULL;
	Elf_Data *out = scn ? elf_newdata(scn) : NULL;

	if (!shdr || !out)
		fatal("cannot-write", "cannot build the module: %s", elf_errmsg(-1));
	*shdr = *from;
	shdr->sh_addr = 0;
	shdr->sh_name = strings_add(&output->section_names, name);
	shdr->sh_size = size;
	out->d_buf = data;
	out->d_size = size;
	out->d_type = type;
	out->d_align = from->sh_addralign ? from->sh_addralign : 1;
	out->d_version = EV_CURRENT;
}

static void write_sections(struct module *module, struct output *output)
{
	for (size_t i = 1; i < module->nr_sections; i++) {
		struct section *section = &module->sections[i];
		Elf64_Shdr shdr = section->shdr;
		bool rela = shdr.sh_type == SHT_RELA;

		if (!section->keep)
			continue;
		shdr.sh_info = 0;
		shdr.sh_link = 0;
		if (shdr.sh_flags & SHF_LINK_ORDER)
			shdr.sh_link = module->sections[section->shdr.sh_link].out;
		if (rela) {
			shdr.sh_link = output->symtab;
			shdr.sh_info = module->sections[section->shdr.sh_info].out;
		}
		write_section(output, &shdr, section->name, section->data, section->size,
			      rela ? ELF_T_RELA : ELF_T_BYTE);
	}
}

static void write_tables(struct output *output)
{
	Elf64_Shdr symtab = {
		.sh_type = SHT_SYMTAB,
		.sh_link = output->symtab + 1,
		.sh_info = output->nr_locals,
		.sh_entsize = sizeof(Elf64_Sym),
		.sh_addralign = 8,
	};
	Elf64_Shdr strtab = { .sh_type = SHT_STRTAB, .sh_addralign = 1 };
	uint32_t name;

	fflush(output->symbol_names.stream);
	write_section(output, &symtab, ".symtab", output->symbols,
		      output->nr_symbols * sizeof(Elf64_Sym), ELF_T_SYM);
	write_section(output, &strtab, ".strtab", output->symbol_names.data,
		      output->symbol_names.size, ELF_T_BYTE);
	name = strings_add(&output->section_names, ".shstrtab");
	fflush(output->section_names.stream);
	write_section(output, &strtab, "", output->section_names.data, output->section_names.size,
		      ELF_T_BYTE);
	elf64_getshdr(elf_getscn(output->elf, output->symtab + 2))->sh_name = name;
}

static void write_elf(struct module *module, struct output *output)
{
	Elf64_Ehdr *ehdr = elf64_newehdr(output->elf);

	if (!ehdr)
		fatal("cannot-write", "cannot build the module: %s", elf_errmsg(-1));
	ehdr->e_ident[EI_DATA] = ELFDATA2LSB;
	ehdr->e_type = ET_REL;
	ehdr->e_machine = EM_X86_64;
	ehdr->e_version = EV_CURRENT;
	ehdr->e_flags = module->e_flags;
	ehdr->e_shstrndx = output->symtab + 2;
	write_sections(module, output);
	write_tables(output);
}

/* Indexes of the kept sections; a relocation section goes with what it applies to. */
static void renumber_sections(struct module *module, struct output *output)
{
	output->symtab = 1;
	for (size_t i = 1; i < module->nr_sections; i++) {
		struct section *section = &module->sections[i];

		if (section->shdr.sh_type == SHT_RELA &&
		    !module->sections[section->shdr.sh_info].keep)
			section->keep = false;
		if (section->keep)
			section->out = output->symtab++;
	}
	if (output->symtab + 3 >= SHN_LORESERVE)
		fatal("too-many-sections", "%s: has more sections than a kernel module can have",
		      module->path);
}

/* False, with errno set if the system is to blame, when the file cannot be written. */
static bool write_file(struct module *module, struct output *output, int fd)
{
	bool written;

	output->elf = elf_begin(fd, ELF_C_WRITE, NULL);
	write_elf(module, output);
	errno = 0;
	written = elf_update(output->elf, ELF_C_WRITE) >= 0;
	return close(fd) == 0 && written;
}

/* Under a temporary name first: what was at @path before stays until the module is whole. */
static void write_and_rename(struct module *module, struct output *output, const char *path)
{
	char *temporary = xasprintf("%s.tmp.%d", path, (int)getpid());
	int fd = open(temporary, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	const char *why;

	if (fd < 0)
		fatal("cannot-write", "%s: cannot create: %s", temporary, strerror(errno));
	if (!write_file(module, output, fd) || rename(temporary, path)) {
		why = errno ? strerror(errno) : elf_errmsg(-1);
		unlink(temporary);
		fatal("cannot-write", "%s: cannot write: %s", path, why);
	}
	free(temporary);
}

void module_write(struct module *module, const char *path)
{
	struct output output = { 0 };
	char *refused;

	refused = no_file_to_replace(path);
	if (refused)
		fatal("cannot-write", "%s", refused);
	strings_open(&output.symbol_names);
	strings_open(&output.section_names);
	renumber_sections(module, &output);
	renumber_symbols(module, &output);
	renumber_relas(module);
	write_and_rename(module, &output, path);
	elf_end(output.elf);
	fclose(output.symbol_names.stream);
	fclose(output.section_names.stream);
	free(output.symbol_names.data);
	free(output.section_names.data);
	free(output.symbols);
}
