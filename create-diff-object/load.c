// SPDX-License-Identifier: GPL-2.0-only
/* Reading a relocatable object, and checking all that it claims about itself. */
#include "lines.h"
#include "object-file.h"
#include "users.h"
#include "util.h"

#include <stdlib.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "objects are read in their byte order");

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

static Elf *open_elf(struct object *obj, const char *path)
{
	GElf_Ehdr ehdr;
	Elf *elf;

	obj->path = path;
	obj->label = path;
	if (elf_version(EV_CURRENT) == EV_NONE)
		fatal("libelf", "%s", elf_errmsg(-1));
	map_file(obj, path);
	elf = elf_memory((char *)obj->file, obj->file_size);
	if (!elf || elf_kind(elf) != ELF_K_ELF || !gelf_getehdr(elf, &ehdr))
		fatal("not-elf", "%s is not an ELF file; give the object files of the two compiles",
		      path);
	if (ehdr.e_type != ET_REL)
		fatal("not-relocatable", "%s is not a relocatable object (ELF type %u)", path,
		      ehdr.e_type);
	if (ehdr.e_machine != EM_X86_64 || ehdr.e_ident[EI_CLASS] != ELFCLASS64 ||
	    ehdr.e_ident[EI_DATA] != ELFDATA2LSB)
		fatal("wrong-architecture",
		      "%s is for %s (ELF machine %u, %d bits); only x86-64 objects can be compared",
		      path, machine_name(ehdr.e_machine), ehdr.e_machine,
		      ehdr.e_ident[EI_CLASS] == ELFCLASS64 ? 64 : 32);
	return elf;
}

/*
 * Limits of what the kernel's memory model leaves room for, so that sums of sizes, offsets
 * and addends do not overflow: its code and data are in the upper 2 GB (psABI, 3.5.1).
 */
#define MAX_SIZE   (UINT64_C(1) << 31)
#define MAX_ADDEND (INT64_C(1) << 48)
#define MAX_TYPE   0xffffffu /* what struct rela has room for; the psABI knows some 40 */

static bool is_loaded(const struct section *sec)
{
	return sec->shdr.sh_flags & SHF_ALLOC || has_prefix(sec->name, ".discard");
}

/* Compilers and objcopy compress debug information, and nothing else. */
static bool may_be_compressed(const struct section *sec)
{
	return sec->shdr.sh_type == SHT_PROGBITS && !is_loaded(sec);
}

static void check_section(const struct object *obj, const struct section *sec)
{
	const struct section_header *shdr = &sec->shdr;

	if (shdr->sh_flags & SHF_COMPRESSED && !may_be_compressed(sec))
		fatal("bad-elf", "%s: section %s is compressed", obj->path, sec->name);
	if (shdr->sh_addralign & (shdr->sh_addralign - 1))
		fatal("bad-elf", "%s: the alignment of section %s is no power of two", obj->path,
		      sec->name);
	if ((shdr->sh_type == SHT_NOBITS || is_loaded(sec)) && sec->size > MAX_SIZE)
		fatal("bad-elf", "%s: section %s is larger than 2 GB", obj->path, sec->name);
}

/* The name at @offset of a string table, NULL where there is none. */
static const char *string_at(const struct section *strtab, uint64_t offset)
{
	if (strtab->shdr.sh_type != SHT_STRTAB || offset >= strtab->size ||
	    strtab->data[strtab->size - 1])
		return NULL;
	return (const char *)strtab->data + offset;
}

static void load_section(struct object *obj, Elf_Scn *scn, struct section *sec)
{
	GElf_Shdr shdr;

	if (!gelf_getshdr(scn, &shdr))
		fatal("bad-elf", "%s: section %zu has no header", obj->path, elf_ndxscn(scn));
	sec->shdr = (struct section_header){
		.sh_flags = shdr.sh_flags,
		.sh_addralign = shdr.sh_addralign,
		.sh_entsize = shdr.sh_entsize,
		.sh_type = shdr.sh_type,
		.sh_link = shdr.sh_link,
		.sh_info = shdr.sh_info,
	};
	sec->origin = (uint32_t)elf_ndxscn(scn);
	sec->size = shdr.sh_size;
	if (sec->shdr.sh_type == SHT_NOBITS || !sec->size)
		return;
	sec->data = file_bytes(obj, shdr.sh_offset, sec->size);
	if (!sec->data)
		fatal("bad-elf", "%s: section %u reaches beyond the file", obj->path, sec->origin);
}

static void name_section(struct object *obj, Elf_Scn *scn, const struct section *shstrtab,
			 struct section *sec)
{
	GElf_Shdr shdr;

	sec->name = gelf_getshdr(scn, &shdr) ? string_at(shstrtab, shdr.sh_name) : NULL;
	if (!sec->name)
		fatal("bad-elf", "%s: section %u has no valid name", obj->path, sec->origin);
	check_section(obj, sec);
}

static void load_sections(struct object *obj, Elf *elf)
{
	size_t shnum, shstrndx;
	Elf_Scn *scn = NULL;

	if (elf_getshdrnum(elf, &shnum) || elf_getshdrstrndx(elf, &shstrndx))
		fatal("bad-elf", "%s: %s", obj->path, elf_errmsg(-1));
	if (shnum && shstrndx >= shnum)
		fatal("bad-elf", "%s: the names of sections are in section %zu of %zu", obj->path,
		      shstrndx, shnum);
	obj->max_sections = shnum + 1;
	obj->sections = xcalloc(obj->max_sections, sizeof(*obj->sections));
	obj->sections[0].name = "";
	obj->nr_sections = shnum ? shnum : 1;
	while ((scn = elf_nextscn(elf, scn)))
		load_section(obj, scn, &obj->sections[elf_ndxscn(scn)]);
	while ((scn = elf_nextscn(elf, scn)))
		name_section(obj, scn, &obj->sections[shstrndx], &obj->sections[elf_ndxscn(scn)]);
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

/* What stands in the place of a section number that is too large for a symbol. */
static uint32_t extended_index(const struct section *xndx, uint32_t index)
{
	Elf32_Word shndx;

	if (!xndx || index >= xndx->size / sizeof(shndx))
		return UINT32_MAX;
	memcpy(&shndx, xndx->data + index * sizeof(shndx), sizeof(shndx));
	return shndx;
}

static void load_symbol(struct object *obj, const struct section *symtab,
			const struct section *xndx, uint32_t index)
{
	struct symbol *sym = &obj->symbols[index];
	Elf64_Sym raw;

	memcpy(&raw, symtab->data + index * sizeof(raw), sizeof(raw));
	sym->name = string_at(&obj->sections[symtab->shdr.sh_link], raw.st_name);
	if (!sym->name)
		fatal("bad-elf", "%s: symbol %u has no valid name", obj->path, index);
	sym->type = ELF64_ST_TYPE(raw.st_info);
	sym->bind = ELF64_ST_BIND(raw.st_info);
	sym->shndx = raw.st_shndx;
	sym->value = raw.st_value;
	sym->size = raw.st_size;
	if (raw.st_shndx == SHN_XINDEX)
		sym->section = extended_index(xndx, index);
	else if (raw.st_shndx < SHN_LORESERVE)
		sym->section = raw.st_shndx;
	if (sym->section >= obj->nr_sections)
		fatal("bad-elf", "%s: symbol %u is in section %u of %zu", obj->path, index,
		      sym->section, obj->nr_sections);
	if (sym->type == STT_SECTION)
		sym->name = obj->sections[sym->section].name;
	if (sym->type == STT_FILE) {
		obj->label = sym->name;
		obj->names_file = true;
	}
	check_symbol(obj, sym);
}

static const struct section *symtab_xndx(const struct object *obj, uint32_t symtab)
{
	const struct section *sec;

	for_each_section (obj, sec) {
		if (sec->shdr.sh_type == SHT_SYMTAB_SHNDX && sec->shdr.sh_link == symtab)
			return sec;
	}
	return NULL;
}

/* Returns the section index of the symbol table. */
static uint32_t load_symbols(struct object *obj)
{
	const struct section *sec, *symtab = NULL, *xndx;
	uint32_t i;

	for_each_section (obj, sec) {
		if (sec->shdr.sh_type == SHT_SYMTAB)
			symtab = sec;
	}
	if (!symtab || symtab->shdr.sh_link >= obj->nr_sections)
		fatal("no-symbols", "%s has no symbol table", obj->path);
	if (symtab->size / sizeof(Elf64_Sym) > UINT32_MAX)
		fatal("bad-elf", "%s has more symbols than can be", obj->path);
	xndx = symtab_xndx(obj, section_index(obj, symtab));
	obj->nr_symbols = symtab->size / sizeof(Elf64_Sym);
	if (!obj->nr_symbols)
		fatal("no-symbols", "%s has no symbols", obj->path);
	obj->symbols = xcalloc(obj->nr_symbols, sizeof(*obj->symbols));
	obj->symbols[0].name = "";
	for (i = 1; i < obj->nr_symbols; i++)
		load_symbol(obj, symtab, xndx, i);
	return section_index(obj, symtab);
}

size_t nr_raw_relas(const struct section *rsec)
{
	return rsec->size / sizeof(Elf64_Rela);
}

Elf64_Rela raw_rela(const struct section *rsec, size_t i)
{
	Elf64_Rela raw;

	memcpy(&raw, rsec->data + i * sizeof(raw), sizeof(raw));
	return raw;
}

int rela_by_offset(const void *a, const void *b)
{
	const struct rela *ra = a, *rb = b;

	return ra->offset < rb->offset ? -1 : ra->offset > rb->offset;
}

static void load_rela(const struct object *obj, struct section *sec, const struct section *rsec,
		      size_t i)
{
	struct rela *rela = &sec->relas[sec->nr_relas];
	Elf64_Rela raw = raw_rela(rsec, i);

	/* what objtool makes of a reference that it has taken away */
	if (ELF64_R_TYPE(raw.r_info) == R_X86_64_NONE)
		return;
	if (raw.r_offset >= sec->size || ELF64_R_SYM(raw.r_info) >= obj->nr_symbols)
		fatal("bad-elf", "%s: relocation %zu of %s points outside", obj->path, i,
		      sec->name);
	if (ELF64_R_TYPE(raw.r_info) > MAX_TYPE)
		fatal("bad-elf", "%s: relocation %zu of %s has an impossible type", obj->path, i,
		      sec->name);
	if (raw.r_addend < -MAX_ADDEND || raw.r_addend > MAX_ADDEND)
		fatal("bad-elf", "%s: relocation %zu of %s has an impossible addend", obj->path, i,
		      sec->name);
	rela->offset = (uint32_t)raw.r_offset;
	rela->type = ELF64_R_TYPE(raw.r_info) & MAX_TYPE;
	rela->symbol = (uint32_t)ELF64_R_SYM(raw.r_info);
	rela->addend = raw.r_addend;
	sec->nr_relas++;
}

static void load_relas(struct object *obj, const struct section *rsec, uint32_t symtab)
{
	struct section *sec;
	size_t i, nr = nr_raw_relas(rsec);

	if (rsec->shdr.sh_info == 0 || rsec->shdr.sh_info >= obj->nr_sections ||
	    rsec->shdr.sh_link != symtab)
		fatal("bad-elf", "%s: %s does not say what it relocates", obj->path, rsec->name);
	sec = &obj->sections[rsec->shdr.sh_info];
	if (!is_loaded(sec))
		return;
	if (sec->relas)
		fatal("bad-elf", "%s: %s has two relocation sections", obj->path, sec->name);
	if (nr > UINT32_MAX)
		fatal("bad-elf", "%s: %s has more relocations than can be", obj->path, sec->name);
	sec->relas = xcalloc(nr, sizeof(*sec->relas));
	for (i = 0; i < nr; i++)
		load_rela(obj, sec, rsec, i);
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

/* References that are not read would be compared as if there were none. */
static void refuse_other_relas(const struct object *obj, const struct section *sec)
{
	enum { SHT_LLVM_CREL = 0x40000014 }; /* clang's -Wa,--crel */

	if (sec->shdr.sh_type == SHT_REL)
		fatal("bad-elf", "%s: %s: x86-64 has no relocations without addend", obj->path,
		      sec->name);
	if (sec->shdr.sh_type == SHT_RELR || sec->shdr.sh_type == SHT_LLVM_CREL)
		fatal("bad-elf", "%s: %s: relocations are in a compact form; compile without it",
		      obj->path, sec->name);
}

void load_object(struct object *obj, const char *path)
{
	struct section *sec;
	uint32_t symtab;
	Elf *elf;

	memset(obj, 0, sizeof(*obj));
	elf = open_elf(obj, path);
	load_sections(obj, elf);
	elf_end(elf); /* half a kilobyte a section */
	symtab = load_symbols(obj);
	refuse_lto(obj);
	for_each_section (obj, sec) {
		refuse_other_relas(obj, sec);
		if (sec->shdr.sh_type == SHT_RELA)
			load_relas(obj, sec, symtab);
	}
	forget_file(obj);
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
	free_users(obj);
	free(obj->sections);
	free(obj->symbols);
	unmap_file(obj);
}

uint32_t add_section(struct object *obj)
{
	grow(obj->sections, obj->nr_sections, obj->max_sections);
	memset(&obj->sections[obj->nr_sections], 0, sizeof(*obj->sections));
	return (uint32_t)obj->nr_sections++;
}

const struct rela *rela_within(const struct section *sec, uint64_t start, uint64_t end)
{
	size_t low = 0, high = sec->nr_relas;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (sec->relas[mid].offset < start)
			low = mid + 1;
		else
			high = mid;
	}
	return low < sec->nr_relas && sec->relas[low].offset < end ? &sec->relas[low] : NULL;
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

struct section *section_at(struct object *obj, uint64_t address)
{
	uint32_t origin = (uint32_t)(address >> 32);
	uint64_t offset = address & UINT32_MAX;
	struct section *sec;

	for_each_section (obj, sec) {
		if (!sec->split && sec->origin == origin && sec->origin_offset <= offset &&
		    offset - sec->origin_offset < sec->size)
			return sec;
	}
	return NULL;
}

const char *pointed_string(const struct object *obj, const struct rela *rela)
{
	const struct section *string = &obj->sections[rela->target];

	if (!rela->target || !string->data || rela->target_offset < 0 ||
	    (uint64_t)rela->target_offset >= string->size || string->data[string->size - 1])
		return NULL;
	return (const char *)string->data + rela->target_offset;
}
