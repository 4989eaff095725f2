// SPDX-License-Identifier: GPL-2.0-only
/* Reading a relocatable object, and checking all that it claims about itself. */
#include "lines.h"
#include "object.h"
#include "util.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

/* The architectures that Linux has live patches on, or could be taken for x86-64. */
static const char *machine_name(uint16_t machine)
{
	static const struct {
		uint16_t machine;
		const char *name;
	} names[] = {
		{ EM_X86_64, "x86-64" },       { EM_386, "i386" },   { EM_AARCH64, "aarch64" },
		{ EM_PPC64, "ppc64" },	       { EM_S390, "s390x" }, { EM_RISCV, "riscv" },
		{ EM_LOONGARCH, "loongarch" }, { EM_ARM, "arm" },    { EM_PPC, "ppc" },
		{ EM_MIPS, "mips" },
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (names[i].machine == machine)
			return names[i].name;
	}
	return "an unknown architecture";
}

static void open_elf(struct object *obj, const char *path)
{
	obj->path = path;
	obj->label = path;
	obj->fd = open(path, O_RDONLY | O_CLOEXEC);
	if (obj->fd < 0)
		fatal("cannot-open", "%s: %s", path, strerror(errno));
	if (elf_version(EV_CURRENT) == EV_NONE)
		fatal("libelf", "%s", elf_errmsg(-1));
	obj->elf = elf_begin(obj->fd, ELF_C_READ_MMAP, NULL);
	if (!obj->elf || elf_kind(obj->elf) != ELF_K_ELF || !gelf_getehdr(obj->elf, &obj->ehdr))
		fatal("not-elf", "%s is not an ELF file; give the object files of the two compiles",
		      path);
	if (obj->ehdr.e_type != ET_REL)
		fatal("not-relocatable", "%s is not a relocatable object (ELF type %u)", path,
		      obj->ehdr.e_type);
	if (obj->ehdr.e_machine != EM_X86_64 || obj->ehdr.e_ident[EI_CLASS] != ELFCLASS64 ||
	    obj->ehdr.e_ident[EI_DATA] != ELFDATA2LSB)
		fatal("wrong-architecture",
		      "%s is for %s (ELF machine %u, %d bits); only x86-64 objects can be compared",
		      path, machine_name(obj->ehdr.e_machine), obj->ehdr.e_machine,
		      obj->ehdr.e_ident[EI_CLASS] == ELFCLASS64 ? 64 : 32);
}

/*
 * Limits of what the kernel's memory model leaves room for, so that sums of sizes, offsets
 * and addends do not overflow: its code and data are in the upper 2 GB (psABI, 3.5.1).
 */
#define MAX_NOBITS (UINT64_C(1) << 31)
#define MAX_ADDEND (INT64_C(1) << 48)

static void check_section(const struct object *obj, const struct section *sec)
{
	const GElf_Shdr *shdr = &sec->shdr;

	if (shdr->sh_flags & SHF_COMPRESSED && shdr->sh_flags & SHF_ALLOC)
		fatal("bad-elf", "%s: loaded section %s is compressed", obj->path, sec->name);
	if (shdr->sh_addralign & (shdr->sh_addralign - 1))
		fatal("bad-elf", "%s: the alignment of section %s is no power of two", obj->path,
		      sec->name);
	if (shdr->sh_type == SHT_NOBITS && shdr->sh_size > MAX_NOBITS)
		fatal("bad-elf", "%s: section %s is larger than 2 GB", obj->path, sec->name);
}

static void load_section(struct object *obj, Elf_Scn *scn, size_t shstrndx, uint32_t index)
{
	struct section *sec = &obj->sections[index];
	Elf_Data *data;

	if (!gelf_getshdr(scn, &sec->shdr))
		fatal("bad-elf", "%s: section %u has no header", obj->path, index);
	sec->name = elf_strptr(obj->elf, shstrndx, sec->shdr.sh_name);
	if (!sec->name)
		fatal("bad-elf", "%s: section %u has no valid name", obj->path, index);
	check_section(obj, sec);
	sec->origin = index;
	sec->size = sec->shdr.sh_size;
	if (sec->shdr.sh_type == SHT_NOBITS || !sec->size)
		return;
	data = elf_rawdata(scn, NULL);
	if (!data || !data->d_buf || data->d_size != sec->size)
		fatal("bad-elf", "%s: section %s reaches beyond the file", obj->path, sec->name);
	sec->data = data->d_buf;
}

static void load_sections(struct object *obj)
{
	size_t shnum, shstrndx;
	Elf_Scn *scn = NULL;

	if (elf_getshdrnum(obj->elf, &shnum) || elf_getshdrstrndx(obj->elf, &shstrndx))
		fatal("bad-elf", "%s: %s", obj->path, elf_errmsg(-1));
	obj->max_sections = shnum + 1;
	obj->sections = xcalloc(obj->max_sections, sizeof(*obj->sections));
	obj->sections[0].name = "";
	obj->nr_sections = shnum ? shnum : 1;
	while ((scn = elf_nextscn(obj->elf, scn)))
		load_section(obj, scn, shstrndx, (uint32_t)elf_ndxscn(scn));
}

static void check_symbol(const struct object *obj, const struct symbol *sym)
{
	const struct section *sec = &obj->sections[sym->section];

	if (!sym->section)
		return;
	if (sym->value > sec->size ||
	    (sym->type != STT_SECTION && sym->size > sec->size - sym->value))
		fatal("bad-elf", "%s: symbol %s reaches beyond section %s", obj->path, sym->name,
		      sec->name);
}

static void load_symbol(struct object *obj, Elf_Data *data, Elf_Data *xndx, uint32_t strtab,
			uint32_t index)
{
	struct symbol *sym = &obj->symbols[index];
	Elf32_Word shndx = 0;
	GElf_Sym raw;

	if (!gelf_getsymshndx(data, xndx, (int)index, &raw, &shndx))
		fatal("bad-elf", "%s: symbol %u cannot be read", obj->path, index);
	sym->name = elf_strptr(obj->elf, strtab, raw.st_name);
	if (!sym->name)
		fatal("bad-elf", "%s: symbol %u has no valid name", obj->path, index);
	sym->type = GELF_ST_TYPE(raw.st_info);
	sym->bind = GELF_ST_BIND(raw.st_info);
	sym->shndx = raw.st_shndx;
	sym->value = raw.st_value;
	sym->size = raw.st_size;
	if (raw.st_shndx == SHN_XINDEX)
		sym->section = shndx;
	else if (raw.st_shndx < SHN_LORESERVE)
		sym->section = raw.st_shndx;
	if (sym->section >= obj->nr_sections)
		fatal("bad-elf", "%s: symbol %u is in section %u of %zu", obj->path, index,
		      sym->section, obj->nr_sections);
	if (sym->type == STT_SECTION)
		sym->name = obj->sections[sym->section].name;
	if (sym->type == STT_FILE)
		obj->label = sym->name;
	check_symbol(obj, sym);
}

static Elf_Data *symtab_xndx(struct object *obj, uint32_t symtab)
{
	struct section *sec;

	for_each_section (obj, sec) {
		if (sec->shdr.sh_type == SHT_SYMTAB_SHNDX && sec->shdr.sh_link == symtab)
			return elf_getdata(elf_getscn(obj->elf, section_index(obj, sec)), NULL);
	}
	return NULL;
}

/* Returns the section index of the symbol table. */
static uint32_t load_symbols(struct object *obj)
{
	struct section *sec, *symtab = NULL;
	Elf_Data *data, *xndx;
	uint32_t i;

	for_each_section (obj, sec) {
		if (sec->shdr.sh_type == SHT_SYMTAB)
			symtab = sec;
	}
	if (!symtab || symtab->shdr.sh_link >= obj->nr_sections)
		fatal("no-symbols", "%s has no symbol table", obj->path);
	data = elf_getdata(elf_getscn(obj->elf, section_index(obj, symtab)), NULL);
	if (!data || symtab->size / sizeof(Elf64_Sym) > UINT32_MAX)
		fatal("bad-elf", "%s: %s", obj->path, elf_errmsg(-1));
	xndx = symtab_xndx(obj, section_index(obj, symtab));
	obj->nr_symbols = data->d_size / sizeof(Elf64_Sym);
	if (!obj->nr_symbols)
		fatal("no-symbols", "%s has no symbols", obj->path);
	obj->symbols = xcalloc(obj->nr_symbols, sizeof(*obj->symbols));
	obj->symbols[0].name = "";
	for (i = 1; i < obj->nr_symbols; i++)
		load_symbol(obj, data, xndx, symtab->shdr.sh_link, i);
	return section_index(obj, symtab);
}

int rela_by_offset(const void *a, const void *b)
{
	const struct rela *ra = a, *rb = b;

	return ra->offset < rb->offset ? -1 : ra->offset > rb->offset;
}

static void load_rela(const struct object *obj, struct section *sec, Elf_Data *data, size_t i)
{
	struct rela *rela = &sec->relas[sec->nr_relas];
	GElf_Rela raw;

	if (!gelf_getrela(data, (int)i, &raw))
		fatal("bad-elf", "%s: relocation %zu of %s cannot be read", obj->path, i,
		      sec->name);
	/* what objtool makes of a reference that it has taken away */
	if (GELF_R_TYPE(raw.r_info) == R_X86_64_NONE)
		return;
	rela->offset = raw.r_offset;
	rela->type = GELF_R_TYPE(raw.r_info);
	rela->symbol = GELF_R_SYM(raw.r_info);
	rela->addend = raw.r_addend;
	if (rela->offset >= sec->size || rela->symbol >= obj->nr_symbols)
		fatal("bad-elf", "%s: relocation %zu of %s points outside", obj->path, i,
		      sec->name);
	if (rela->addend < -MAX_ADDEND || rela->addend > MAX_ADDEND)
		fatal("bad-elf", "%s: relocation %zu of %s has an impossible addend", obj->path, i,
		      sec->name);
	sec->nr_relas++;
}

static void load_relas(struct object *obj, const struct section *rsec, uint32_t symtab)
{
	struct section *sec;
	Elf_Data *data;
	size_t i, nr;

	if (rsec->shdr.sh_info == 0 || rsec->shdr.sh_info >= obj->nr_sections ||
	    rsec->shdr.sh_link != symtab)
		fatal("bad-elf", "%s: %s does not say what it relocates", obj->path, rsec->name);
	sec = &obj->sections[rsec->shdr.sh_info];
	if (!(sec->shdr.sh_flags & SHF_ALLOC) && !has_prefix(sec->name, ".discard"))
		return;
	if (sec->relas)
		fatal("bad-elf", "%s: %s has two relocation sections", obj->path, sec->name);
	data = elf_getdata(elf_getscn(obj->elf, section_index(obj, rsec)), NULL);
	if (!data)
		fatal("bad-elf", "%s: %s", obj->path, elf_errmsg(-1));
	nr = data->d_size / sizeof(Elf64_Rela);
	sec->relas = xcalloc(nr, sizeof(*sec->relas));
	for (i = 0; i < nr; i++)
		load_rela(obj, sec, data, i);
	qsort(sec->relas, sec->nr_relas, sizeof(*sec->relas), rela_by_offset);
}

/* gcc marks objects that have its intermediate code and no other with a symbol. */
static void refuse_lto(const struct object *obj)
{
	const struct symbol *sym;

	for_each_symbol (obj, sym) {
		if (!strcmp(sym->name, "__gnu_lto_slim"))
			fatal("lto-object",
			      "%s holds no machine code, but what -flto leaves for the link; "
			      "compile without it",
			      obj->path);
	}
}

void load_object(struct object *obj, const char *path)
{
	struct section *sec;
	uint32_t symtab;

	memset(obj, 0, sizeof(*obj));
	open_elf(obj, path);
	load_sections(obj);
	symtab = load_symbols(obj);
	refuse_lto(obj);
	for_each_section (obj, sec) {
		if (sec->shdr.sh_type == SHT_REL)
			fatal("bad-elf", "%s: %s: x86-64 has no relocations without addend", path,
			      sec->name);
		if (sec->shdr.sh_type == SHT_RELA)
			load_relas(obj, sec, symtab);
	}
}

/*
 * Parts share the relocations of the section that they were cut from, so only
 * sections of the file own theirs.
 */
void free_object(struct object *obj)
{
	size_t i;

	for (i = 0; i < obj->nr_sections; i++) {
		if (obj->sections[i].origin == i)
			free(obj->sections[i].relas);
		free(obj->sections[i].entries);
	}
	free_lines(obj);
	free(obj->sections);
	free(obj->symbols);
	elf_end(obj->elf);
	if (obj->fd >= 0)
		close(obj->fd);
}

uint32_t add_section(struct object *obj)
{
	grow(obj->sections, obj->nr_sections, obj->max_sections);
	memset(&obj->sections[obj->nr_sections], 0, sizeof(*obj->sections));
	return (uint32_t)obj->nr_sections++;
}

struct symbol *covering_symbol(const struct object *obj, const struct section *sec)
{
	return sec->symbol ? &obj->symbols[sec->symbol] : NULL;
}

const char *section_label(const struct object *obj, const struct section *sec)
{
	return sec->symbol ? obj->symbols[sec->symbol].name : sec->name;
}

uint64_t entry_offset(const struct object *obj, const struct section *sec)
{
	return sec->symbol ? obj->symbols[sec->symbol].value : 0;
}

uint32_t function_of(const struct object *obj, uint32_t index)
{
	while (obj->sections[index].owner)
		index = obj->sections[index].owner;
	return index;
}
