// SPDX-License-Identifier: GPL-2.0-only
/* The symbols of a parent, from the ELF file itself. */
#include "kinds.h"
#include "parent-reader.h"
#include "util.h"

struct reader {
	struct parent *parent;
	const char *path;
	Elf_Data *data;
	size_t shstrndx;
	uint32_t strtab;
};

/* is_core_symbol() and layout_symtab() of kernel/module/kallsyms.c, Linux 6.1. */
static bool module_keeps(const struct parent_symbol *sym)
{
	return sym->shndx != SHN_UNDEF && *sym->name;
}

/*
 * Whether the symbols of a section of a module go away when its init has run. .modinfo and
 * __versions are read at the load only (rewrite_section_headers() of kernel/module/main.c).
 */
static bool is_left_out(const struct section *sec)
{
	return !(sec->shdr.sh_flags & SHF_ALLOC) || has_prefix(sec->name, ".init") ||
	       !strcmp(sec->name, ".modinfo") || !strcmp(sec->name, "__versions");
}

/* The section of the file that a module's symbol is in; false when it is in none. */
static bool symbol_section(const struct reader *reader, uint16_t shndx, struct section *sec)
{
	GElf_Shdr shdr;
	Elf_Scn *scn;

	memset(sec, 0, sizeof(*sec));
	if (shndx >= SHN_LORESERVE)
		return false;
	scn = elf_getscn(reader->parent->elf, shndx);
	if (!scn || !gelf_getshdr(scn, &shdr))
		return false;
	sec->shdr.sh_type = shdr.sh_type;
	sec->shdr.sh_flags = shdr.sh_flags;
	sec->name = elf_strptr(reader->parent->elf, reader->shstrndx, shdr.sh_name);
	return sec->name != NULL;
}

static void place_in_module(const struct reader *reader, struct parent_symbol *sym)
{
	struct section sec;

	sym->in_kernel = module_keeps(sym);
	if (!sym->in_kernel)
		return;
	sym->init = sym->apart = true;
	if (symbol_section(reader, sym->shndx, &sec)) {
		sym->init = is_left_out(&sec);
		sym->apart = is_apart_kind(section_kind(&sec));
	}
}

/* Exit code of vmlinux never runs, and is given back with the rest; a module keeps its own. */
static bool in_init(const struct reader *reader, uint16_t shndx)
{
	struct section sec;

	return symbol_section(reader, shndx, &sec) && (sec.shdr.sh_flags & SHF_ALLOC) &&
	       (has_prefix(sec.name, ".init.") ||
		(reader->parent->is_vmlinux && has_prefix(sec.name, ".exit.")));
}

static void read_symbol(const struct reader *reader, uint32_t index)
{
	struct parent *parent = reader->parent;
	struct parent_symbol sym = { .order = index };
	size_t length;
	GElf_Sym raw;

	if (!gelf_getsym(reader->data, (int)index, &raw))
		fatal("bad-elf", "%s: symbol %u cannot be read", reader->path, index);
	sym.name = elf_strptr(parent->elf, reader->strtab, raw.st_name);
	if (!sym.name)
		sym.name = "";
	sym.bind = GELF_ST_BIND(raw.st_info);
	sym.type = GELF_ST_TYPE(raw.st_info);
	length = strlen(sym.name);
	parent_note(parent, index, sym.type, sym.bind, sym.name, length);
	if (!parent_wants(parent, sym.name, length))
		return;
	sym.address = raw.st_value;
	sym.size = raw.st_size;
	sym.shndx = raw.st_shndx;
	sym.freed = !is_border(&sym) && in_init(reader, sym.shndx);
	if (parent->is_vmlinux)
		sym.in_kernel = vmlinux_keeps(&sym);
	else
		place_in_module(reader, &sym);
	parent_add(parent, &sym);
}

static void open_elf(struct parent *parent, const char *path)
{
	GElf_Ehdr ehdr;

	if (elf_version(EV_CURRENT) == EV_NONE)
		fatal("libelf", "%s", elf_errmsg(-1));
	parent->elf = elf_begin(parent->fd, ELF_C_READ_MMAP, NULL);
	if (!parent->elf || elf_kind(parent->elf) != ELF_K_ELF ||
	    !gelf_getehdr(parent->elf, &ehdr) || ehdr.e_ident[EI_CLASS] != ELFCLASS64)
		fatal("not-elf", "%s is not a 64-bit ELF file; give the vmlinux or the module",
		      path);
	parent->is_linked = ehdr.e_type != ET_REL;
}

/* MODULE_INFO() that modpost writes (scripts/mod/modpost.c, Linux 6.1); @key ends in "=". */
static char *module_info(Elf_Scn *scn, const char *key)
{
	size_t length = strlen(key);
	Elf_Data *data = elf_rawdata(scn, NULL);
	const char *s, *end;
	size_t n;

	if (!data || !data->d_buf)
		return NULL;
	end = (const char *)data->d_buf + data->d_size;
	for (s = data->d_buf; s < end; s += n + 1) {
		n = strnlen(s, (size_t)(end - s));
		if (n > length && !memcmp(s, key, length))
			return xasprintf("%.*s", (int)(n - length), s + length);
	}
	return NULL;
}

static void find_module_info(struct parent *parent, size_t shstrndx)
{
	Elf_Scn *scn = NULL;
	const char *name;
	GElf_Shdr shdr;

	while (!parent->module_name && (scn = elf_nextscn(parent->elf, scn))) {
		name = gelf_getshdr(scn, &shdr) ? elf_strptr(parent->elf, shstrndx, shdr.sh_name)
						: NULL;
		if (name && !strcmp(name, ".modinfo")) {
			parent->module_name = module_info(scn, "name=");
			parent->depends = module_info(scn, "depends=");
		}
	}
}

void parent_read_elf(struct parent *parent, const char *path)
{
	struct reader reader = { .parent = parent, .path = path };
	Elf_Scn *scn = NULL;
	GElf_Shdr shdr;
	uint32_t i;

	if (!parent->elf)
		open_elf(parent, path);
	if (elf_getshdrstrndx(parent->elf, &reader.shstrndx))
		fatal("bad-elf", "%s: %s", path, elf_errmsg(-1));
	find_module_info(parent, reader.shstrndx);
	while ((scn = elf_nextscn(parent->elf, scn))) {
		if (gelf_getshdr(scn, &shdr) && shdr.sh_type == SHT_SYMTAB)
			break;
	}
	reader.data = scn ? elf_getdata(scn, NULL) : NULL;
	if (!reader.data || reader.data->d_size / sizeof(Elf64_Sym) < 2)
		fatal("no-symbols", "%s has no symbol table; give an unstripped file", path);
	reader.strtab = shdr.sh_link;
	for (i = 1; i < reader.data->d_size / sizeof(Elf64_Sym); i++)
		read_symbol(&reader, i);
}
