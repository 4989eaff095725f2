// SPDX-License-Identifier: GPL-2.0-only
#include "parent.h"
#include "kinds.h"
#include "util.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

struct parent {
	bool is_vmlinux;
	Elf *elf;
	int fd;
	struct parent_symbol *symbols; /* in the order of the file */
	size_t nr;
	uint32_t *by_name; /* indexes, by name and then in the kernel's order */
	uint32_t first, last; /* the located object's local symbols; last 0: not located */
};

/* scripts/mksysmap and is_ignored_symbol() of scripts/kallsyms.c, Linux 6.1, for x86-64. */
static bool vmlinux_keeps(const struct parent_symbol *sym, const GElf_Sym *raw)
{
	static const char *const prefixes[] = {
		"$",
		".L",
		"__efistub_",
		"__crc_",
		"__kstrtab_",
		"__kstrtabns_",
		"__kcfi_typeid_",
		"kallsyms_addresses",
		"kallsyms_offsets",
		"kallsyms_relative_base",
		"kallsyms_num_syms",
		"kallsyms_names",
		"kallsyms_markers",
		"kallsyms_token_table",
		"kallsyms_token_index",
		"kallsyms_seqs_of_names",
	};
	size_t i;

	if (raw->st_shndx == SHN_UNDEF || raw->st_shndx == SHN_ABS || sym->type == STT_FILE ||
	    sym->type == STT_SECTION || !*sym->name)
		return false;
	for (i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		if (has_prefix(sym->name, prefixes[i]))
			return false;
	}
	return true;
}

/* is_core_symbol() and layout_symtab() of kernel/module/kallsyms.c, Linux 6.1. */
static bool module_keeps(const struct parent_symbol *sym, const GElf_Sym *raw)
{
	return raw->st_shndx != SHN_UNDEF && *sym->name;
}

/* What the linker or the kernel may leave out; not used to find an object's symbols. */
static bool is_apart(enum section_kind kind)
{
	return kind == KIND_INIT || kind == KIND_IGNORED || kind == KIND_EXPORT;
}

/* The section of the file that a module's symbol is in; false when it is in none. */
static bool symbol_section(const struct parent *parent, size_t shstrndx, const GElf_Sym *raw,
			   struct section *sec)
{
	Elf_Scn *scn;

	memset(sec, 0, sizeof(*sec));
	if (raw->st_shndx >= SHN_LORESERVE)
		return false;
	scn = elf_getscn(parent->elf, raw->st_shndx);
	if (!scn || !gelf_getshdr(scn, &sec->shdr))
		return false;
	sec->name = elf_strptr(parent->elf, shstrndx, sec->shdr.sh_name);
	return sec->name != NULL;
}

static void load_module_symbol(const struct parent *parent, struct parent_symbol *sym,
			       size_t shstrndx, const GElf_Sym *raw)
{
	struct section sec;

	sym->in_kernel = module_keeps(sym, raw);
	if (!sym->in_kernel)
		return;
	sym->init = sym->apart = true;
	if (symbol_section(parent, shstrndx, raw, &sec)) {
		sym->init = !(sec.shdr.sh_flags & SHF_ALLOC) || has_prefix(sec.name, ".init");
		sym->apart = is_apart(section_kind(&sec));
	}
}

static void load_symbol(struct parent *parent, Elf_Data *data, uint32_t strtab, size_t shstrndx,
			uint32_t index)
{
	struct parent_symbol *sym = &parent->symbols[index];
	GElf_Sym raw;

	gelf_getsym(data, (int)index, &raw);
	sym->name = elf_strptr(parent->elf, strtab, raw.st_name);
	if (!sym->name)
		sym->name = "";
	sym->address = raw.st_value;
	sym->size = raw.st_size;
	sym->order = index;
	sym->bind = GELF_ST_BIND(raw.st_info);
	sym->type = GELF_ST_TYPE(raw.st_info);
	if (parent->is_vmlinux)
		sym->in_kernel = vmlinux_keeps(sym, &raw);
	else
		load_module_symbol(parent, sym, shstrndx, &raw);
}

static int by_name(const void *a, const void *b, void *arg)
{
	const struct parent *parent = arg;
	const struct parent_symbol *sa = &parent->symbols[*(const uint32_t *)a];
	const struct parent_symbol *sb = &parent->symbols[*(const uint32_t *)b];
	int cmp = strcmp(sa->name, sb->name);

	if (cmp)
		return cmp;
	if (parent->is_vmlinux && sa->address != sb->address)
		return sa->address < sb->address ? -1 : 1;
	return sa->order < sb->order ? -1 : sa->order > sb->order;
}

static void load_symbols(struct parent *parent, const char *path)
{
	size_t shstrndx;
	Elf_Scn *scn = NULL;
	GElf_Shdr shdr;
	Elf_Data *data;
	uint32_t i;

	if (elf_getshdrstrndx(parent->elf, &shstrndx))
		fatal("bad-elf", "%s: %s", path, elf_errmsg(-1));
	while ((scn = elf_nextscn(parent->elf, scn))) {
		if (gelf_getshdr(scn, &shdr) && shdr.sh_type == SHT_SYMTAB)
			break;
	}
	data = scn ? elf_getdata(scn, NULL) : NULL;
	if (!data || data->d_size / sizeof(Elf64_Sym) < 2)
		fatal("no-symbols", "%s has no symbol table; give an unstripped file", path);
	parent->nr = data->d_size / sizeof(Elf64_Sym);
	parent->symbols = xcalloc(parent->nr, sizeof(*parent->symbols));
	parent->by_name = xcalloc(parent->nr, sizeof(*parent->by_name));
	for (i = 0; i < parent->nr; i++) {
		load_symbol(parent, data, shdr.sh_link, shstrndx, i);
		parent->by_name[i] = i;
	}
	qsort_r(parent->by_name, parent->nr, sizeof(*parent->by_name), by_name, parent);
}

struct parent *load_parent(const char *path, const char *name)
{
	struct parent *parent = xcalloc(1, sizeof(*parent));
	GElf_Ehdr ehdr;

	parent->is_vmlinux = !strcmp(name, "vmlinux");
	parent->fd = open(path, O_RDONLY | O_CLOEXEC);
	if (parent->fd < 0)
		fatal("cannot-open", "%s: %s", path, strerror(errno));
	parent->elf = elf_begin(parent->fd, ELF_C_READ_MMAP, NULL);
	if (!parent->elf || elf_kind(parent->elf) != ELF_K_ELF ||
	    !gelf_getehdr(parent->elf, &ehdr) || ehdr.e_ident[EI_CLASS] != ELFCLASS64)
		fatal("not-elf", "%s is not a 64-bit ELF file; give the vmlinux or the module",
		      path);
	load_symbols(parent, path);
	return parent;
}

void free_parent(struct parent *parent)
{
	elf_end(parent->elf);
	close(parent->fd);
	free(parent->symbols);
	free(parent->by_name);
	free(parent);
}

/*
 * Local functions and variables of the original, in the order of its symbol table;
 * not those of init and exit sections, which the kernel may leave out.
 */
static const char **local_names(const struct object *orig, size_t *nr)
{
	const char **names = xcalloc(orig->nr_symbols, sizeof(*names));
	const struct symbol *sym;

	*nr = 0;
	for_each_symbol (orig, sym) {
		const struct section *sec = &orig->sections[sym->section];

		if (sym->bind != STB_LOCAL || !sym->section || !sym->size ||
		    (sym->type != STT_FUNC && sym->type != STT_OBJECT))
			continue;
		if (!is_apart(sec->kind))
			names[(*nr)++] = sym->name;
	}
	return names;
}

static bool is_local_item(const struct parent_symbol *sym)
{
	return sym->bind == STB_LOCAL && sym->size && !sym->apart &&
	       (sym->type == STT_FUNC || sym->type == STT_OBJECT);
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Whether each of the sorted @names is a local symbol in the range. */
static bool range_has_all(const struct parent *parent, uint32_t first, uint32_t last,
			  const char **names, size_t nr)
{
	bool *seen = xcalloc(nr, sizeof(*seen)), all = true;
	const char **found;
	uint32_t i;
	size_t n;

	for (i = first; i < last; i++) {
		if (!is_local_item(&parent->symbols[i]))
			continue;
		found = bsearch(&parent->symbols[i].name, names, nr, sizeof(*names), compare_names);
		if (found)
			seen[found - names] = true;
	}
	for (n = 0; n < nr && all; n++)
		all = seen[n] || (n && !strcmp(names[n], names[n - 1]) && seen[n - 1]);
	free(seen);
	return all;
}

static uint32_t end_of_file(const struct parent *parent, uint32_t first)
{
	uint32_t i = first;

	while (i < parent->nr && parent->symbols[i].type != STT_FILE &&
	       parent->symbols[i].bind == STB_LOCAL)
		i++;
	return i;
}

/* Returns how many groups of that file name match, and the last of them. */
static size_t locate_by_file(struct parent *parent, const struct object *orig, const char **names,
			     size_t nr)
{
	uint32_t i, end;
	size_t found = 0;

	qsort(names, nr, sizeof(*names), compare_names);
	for (i = 0; i < parent->nr; i++) {
		if (parent->symbols[i].type != STT_FILE ||
		    strcmp(parent->symbols[i].name, orig->label))
			continue;
		end = end_of_file(parent, i + 1);
		if (!range_has_all(parent, i + 1, end, names, nr))
			continue;
		parent->first = i + 1;
		parent->last = end;
		found++;
	}
	return found;
}

/* The end of the row of @names that starts at @start, or 0. */
static uint32_t end_of_row(const struct parent *parent, uint32_t start, const char **names,
			   size_t nr)
{
	uint32_t i = start;
	size_t n = 0;

	while (n < nr && i < parent->nr && parent->symbols[i].bind == STB_LOCAL) {
		const struct parent_symbol *sym = &parent->symbols[i++];

		if (!is_local_item(sym))
			continue;
		if (strcmp(sym->name, names[n++]))
			return 0;
	}
	return n == nr ? i : 0;
}

static size_t locate_by_row(struct parent *parent, const char **names, size_t nr)
{
	size_t found = 0;
	uint32_t i, end;

	for (i = 0; i < parent->nr; i++) {
		if (!is_local_item(&parent->symbols[i]))
			continue;
		end = end_of_row(parent, i, names, nr);
		if (!end)
			continue;
		parent->first = i;
		parent->last = end;
		found++;
	}
	return found;
}

static bool has_files(const struct parent *parent)
{
	size_t i;

	for (i = 0; i < parent->nr; i++) {
		if (parent->symbols[i].type == STT_FILE)
			return true;
	}
	return false;
}

void parent_locate(struct parent *parent, const struct object *orig)
{
	size_t nr, found;
	const char **names = local_names(orig, &nr);

	if (!nr)
		found = 0;
	else if (has_files(parent))
		found = locate_by_file(parent, orig, names, nr);
	else
		found = locate_by_row(parent, names, nr);
	if (found != 1)
		parent->last = 0;
	free(names);
}

/* First index in by_name with this name; *nr is set to how many have it. */
static size_t find_name(const struct parent *parent, const char *name, size_t *nr)
{
	size_t low = 0, high = parent->nr, end;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (strcmp(parent->symbols[parent->by_name[mid]].name, name) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (end = low; end < parent->nr; end++) {
		if (strcmp(parent->symbols[parent->by_name[end]].name, name))
			break;
	}
	*nr = end - low;
	return low;
}

static bool is_candidate(const struct parent *parent, const struct parent_symbol *sym, bool local)
{
	if (!sym->in_kernel || (sym->bind == STB_LOCAL) != local)
		return false;
	return !local || !parent->last ||
	       (sym->order >= parent->first && sym->order < parent->last);
}

const struct parent_symbol *parent_lookup(const struct parent *parent, const char *name, bool local,
					  bool *ambiguous)
{
	const struct parent_symbol *found = NULL;
	size_t nr, i, first = find_name(parent, name, &nr);

	*ambiguous = false;
	for (i = first; i < first + nr; i++) {
		const struct parent_symbol *sym = &parent->symbols[parent->by_name[i]];

		if (!is_candidate(parent, sym, local))
			continue;
		/* a name that occurs once may still be somebody else's */
		if (found || (local && !parent->last))
			*ambiguous = true;
		found = sym;
	}
	return *ambiguous ? NULL : found;
}

int parent_position(const struct parent *parent, const struct parent_symbol *sym)
{
	size_t nr, i, first = find_name(parent, sym->name, &nr);
	int rank = 0, all = 0, core_rank = 0, core_all = 0;

	for (i = first; i < first + nr; i++) {
		const struct parent_symbol *other = &parent->symbols[parent->by_name[i]];

		if (!other->in_kernel)
			continue;
		all++;
		core_all += !other->init;
		if (other == sym) {
			rank = all;
			core_rank = core_all;
		}
	}
	if (!rank || sym->init)
		return -1;
	if (all == 1)
		return 0;
	return all == core_all && rank == core_rank ? rank : -1;
}
