// SPDX-License-Identifier: GPL-2.0-only
#include "shipped.h"
#include "arch/arch.h"
#include "util.h"

#include <stdlib.h>

struct shipped {
	Elf *elf;
	bool is_vmlinux;
	uint64_t text; /* _text; 0: a module */
	struct shipped_section *sections; /* by address */
	size_t nr_sections, max_sections;
	uint32_t *by_shndx; /* of a module: index in sections + 1 */
	size_t nr_shndx;
	struct shipped_symbol *symbols; /* in the order of the file; 0 is unused */
	size_t nr_symbols;
	const struct shipped_symbol **by_address;
	size_t nr_by_address;
	struct names by_name;
	char **owned;
	size_t nr_owned, max_owned;
};

/*
 * The kernel's image, from _text on, is smaller (KERNEL_IMAGE_SIZE of asm/page_64_types.h,
 * Linux 6.1). Per-CPU variables have addresses of their own, from 0 on.
 */
#define IMAGE_SIZE (UINT64_C(1) << 31)

/* Between the made-up addresses of a module: no addend leads from one to another. */
#define MODULE_SHIFT 36

/* Tables that have no section of their own in vmlinux (asm-generic/vmlinux.lds.h, Linux 6.1). */
static const struct table_bounds {
	const char *name, *start, *stop;
} table_bounds[] = {
	{ "__jump_table", "__start___jump_table", "__stop___jump_table" },
	{ "__mcount_loc", "__start_mcount_loc", "__stop_mcount_loc" },
	{ ".static_call_sites", "__start_static_call_sites", "__stop_static_call_sites" },
	{ "_kprobe_blacklist", "__start_kprobe_blacklist", "__stop_kprobe_blacklist" },
};

static uint64_t made_up(size_t index)
{
	return (uint64_t)(index + 1) << MODULE_SHIFT;
}

static void add_section_of(struct shipped *shipped, Elf_Scn *scn, size_t shstrndx)
{
	struct shipped_section section = { 0 };
	Elf_Data *data;
	GElf_Shdr shdr;

	if (!gelf_getshdr(scn, &shdr) || !(shdr.sh_flags & SHF_ALLOC) || !shdr.sh_size)
		return;
	section.name = elf_strptr(shipped->elf, shstrndx, shdr.sh_name);
	section.address = shipped->is_vmlinux ? shdr.sh_addr : made_up(elf_ndxscn(scn));
	section.size = shdr.sh_size;
	section.flags = shdr.sh_flags;
	if (shdr.sh_type != SHT_NOBITS) {
		data = elf_rawdata(scn, NULL);
		if (!data || !data->d_buf || data->d_size != shdr.sh_size)
			return;
		section.data = data->d_buf;
	}
	if (!section.name || section.address + section.size < section.address)
		return;
	grow(shipped->sections, shipped->nr_sections, shipped->max_sections);
	shipped->sections[shipped->nr_sections++] = section;
	if (!shipped->is_vmlinux)
		shipped->by_shndx[elf_ndxscn(scn)] = (uint32_t)shipped->nr_sections;
}

static int rela_by_place(const void *a, const void *b)
{
	const Elf64_Rela *ra = a, *rb = b;

	return ra->r_offset < rb->r_offset ? -1 : ra->r_offset > rb->r_offset;
}

/* The relocations of a module, but for those that objtool has switched off. */
static void add_relas(struct shipped *shipped, Elf_Scn *scn)
{
	struct shipped_section *section;
	const Elf64_Rela *from;
	Elf_Data *data;
	GElf_Shdr shdr;
	size_t i, nr;

	if (!gelf_getshdr(scn, &shdr) || shdr.sh_type != SHT_RELA ||
	    shdr.sh_info >= shipped->nr_shndx || !shipped->by_shndx[shdr.sh_info])
		return;
	section = &shipped->sections[shipped->by_shndx[shdr.sh_info] - 1];
	data = elf_getdata(scn, NULL);
	if (!data || !data->d_buf || section->relas)
		return;
	nr = data->d_size / sizeof(*from);
	from = data->d_buf;
	section->relas = xcalloc(nr + 1, sizeof(*section->relas));
	for (i = 0; i < nr; i++) {
		if (ELF64_R_TYPE(from[i].r_info) != R_X86_64_NONE)
			section->relas[section->nr_relas++] = from[i];
	}
	qsort(section->relas, section->nr_relas, sizeof(*section->relas), rela_by_place);
}

static int section_by_address(const void *a, const void *b)
{
	const struct shipped_section *sa = a, *sb = b;

	return sa->address < sb->address ? -1 : sa->address > sb->address;
}

static bool read_sections(struct shipped *shipped)
{
	Elf_Scn *scn = NULL;
	bool code = false;
	size_t shstrndx, i;

	if (elf_getshdrstrndx(shipped->elf, &shstrndx) ||
	    elf_getshdrnum(shipped->elf, &shipped->nr_shndx))
		return false;
	shipped->by_shndx = xcalloc(shipped->nr_shndx + 1, sizeof(*shipped->by_shndx));
	while ((scn = elf_nextscn(shipped->elf, scn)))
		add_section_of(shipped, scn, shstrndx);
	while (!shipped->is_vmlinux && (scn = elf_nextscn(shipped->elf, scn)))
		add_relas(shipped, scn);
	if (shipped->nr_sections)
		qsort(shipped->sections, shipped->nr_sections, sizeof(*shipped->sections),
		      section_by_address);
	for (i = 0; i < shipped->nr_sections; i++)
		code = code ||
		       (shipped->sections[i].data && shipped->sections[i].flags & SHF_EXECINSTR);
	return code;
}

static uint64_t symbol_address(const struct shipped *shipped, const GElf_Sym *raw, size_t index)
{
	if (shipped->is_vmlinux || raw->st_shndx == SHN_ABS)
		return raw->st_value;
	if (raw->st_shndx == SHN_UNDEF || raw->st_shndx >= shipped->nr_shndx)
		return made_up(shipped->nr_shndx + index);
	return made_up(raw->st_shndx) + raw->st_value;
}

static void want_name(struct shipped *shipped, const char *name)
{
	*names_value(&shipped->by_name, name) = 0;
}

static void want_names(struct shipped *shipped, const struct object *obj)
{
	const struct symbol *sym;
	size_t i;
	char *key;

	want_name(shipped, "_text");
	for (i = 0; i < sizeof(table_bounds) / sizeof(table_bounds[0]); i++) {
		want_name(shipped, table_bounds[i].start);
		want_name(shipped, table_bounds[i].stop);
	}
	for_each_symbol (obj, sym) {
		want_name(shipped, sym->name);
		if (!has_prefix(sym->name, "__SCT__"))
			continue;
		key = xasprintf("__SCK__%s", sym->name + strlen("__SCT__"));
		grow(shipped->owned, shipped->nr_owned, shipped->max_owned);
		shipped->owned[shipped->nr_owned++] = key;
		want_name(shipped, key);
	}
}

static void link_name(struct shipped *shipped, uint32_t index)
{
	struct shipped_symbol *sym = &shipped->symbols[index];
	uint32_t *last = (uint32_t *)names_find(&shipped->by_name, sym->name, strlen(sym->name));

	if (!last)
		return;
	sym->next = *last;
	*last = index;
}

static int symbol_by_address(const void *a, const void *b)
{
	const struct shipped_symbol *sa = *(const struct shipped_symbol *const *)a;
	const struct shipped_symbol *sb = *(const struct shipped_symbol *const *)b;

	if (sa->address != sb->address)
		return sa->address < sb->address ? -1 : 1;
	return sa->order < sb->order ? -1 : 1;
}

static void read_symbol(struct shipped *shipped, const GElf_Sym *raw, const char *name,
			uint32_t index, uint32_t *file)
{
	struct shipped_symbol *sym = &shipped->symbols[index];

	sym->name = name ? name : "";
	sym->bind = GELF_ST_BIND(raw->st_info);
	sym->type = GELF_ST_TYPE(raw->st_info);
	sym->shndx = raw->st_shndx;
	sym->order = index;
	sym->size = raw->st_size;
	sym->address = symbol_address(shipped, raw, index);
	if (sym->type == STT_FILE) {
		*file = index;
		return;
	}
	sym->file = sym->bind == STB_LOCAL ? *file : 0;
	if (sym->type == STT_SECTION || !*sym->name)
		return;
	if (shipped->is_vmlinux && sym->shndx == SHN_UNDEF)
		return;
	shipped->by_address[shipped->nr_by_address++] = sym;
	link_name(shipped, index);
}

static bool read_symbols(struct shipped *shipped)
{
	Elf_Scn *scn = NULL;
	Elf_Data *data;
	GElf_Shdr shdr;
	GElf_Sym raw;
	uint32_t i, file = 0;

	while ((scn = elf_nextscn(shipped->elf, scn))) {
		if (gelf_getshdr(scn, &shdr) && shdr.sh_type == SHT_SYMTAB)
			break;
	}
	data = scn ? elf_getdata(scn, NULL) : NULL;
	if (!data || !data->d_buf)
		return false;
	shipped->nr_symbols = data->d_size / sizeof(Elf64_Sym);
	shipped->symbols = xcalloc(shipped->nr_symbols + 1, sizeof(*shipped->symbols));
	shipped->by_address = xcalloc(shipped->nr_symbols + 1, sizeof(*shipped->by_address));
	for (i = 1; i < shipped->nr_symbols; i++) {
		if (gelf_getsym(data, (int)i, &raw))
			read_symbol(shipped, &raw,
				    elf_strptr(shipped->elf, shdr.sh_link, raw.st_name), i, &file);
	}
	qsort(shipped->by_address, shipped->nr_by_address, sizeof(*shipped->by_address),
	      symbol_by_address);
	return true;
}

struct shipped *shipped_open(Elf *elf, bool is_vmlinux, const struct object *obj)
{
	struct shipped *shipped = xcalloc(1, sizeof(*shipped));
	const struct shipped_symbol *text;

	shipped->elf = elf;
	shipped->is_vmlinux = is_vmlinux;
	want_names(shipped, obj);
	if (!read_sections(shipped) || !read_symbols(shipped)) {
		shipped_close(shipped);
		return NULL;
	}
	text = is_vmlinux ? shipped_named(shipped, "_text") : NULL;
	shipped->text = text ? text->address : 0;
	return shipped;
}

void shipped_close(struct shipped *shipped)
{
	size_t i;

	if (!shipped)
		return;
	for (i = 0; i < shipped->nr_sections; i++)
		free(shipped->sections[i].relas);
	for (i = 0; i < shipped->nr_owned; i++)
		free(shipped->owned[i]);
	names_free(&shipped->by_name);
	free(shipped->owned);
	free(shipped->sections);
	free(shipped->by_shndx);
	free(shipped->symbols);
	free(shipped->by_address);
	free(shipped);
}

const struct shipped_section *shipped_section(const struct shipped *shipped, uint64_t address,
					      uint64_t size)
{
	size_t low = 0, high = shipped->nr_sections;
	const struct shipped_section *section;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (shipped->sections[mid].address <= address)
			low = mid + 1;
		else
			high = mid;
	}
	if (!low)
		return NULL;
	section = &shipped->sections[low - 1];
	return address - section->address <= section->size &&
			       size <= section->size - (address - section->address)
		       ? section
		       : NULL;
}

const char *shipped_section_name(const struct shipped *shipped, const struct shipped_symbol *sym)
{
	GElf_Shdr shdr;
	Elf_Scn *scn;
	size_t names;

	if (sym->shndx == SHN_UNDEF || sym->shndx >= shipped->nr_shndx ||
	    elf_getshdrstrndx(shipped->elf, &names))
		return NULL;
	scn = elf_getscn(shipped->elf, sym->shndx);
	return scn && gelf_getshdr(scn, &shdr) ? elf_strptr(shipped->elf, names, shdr.sh_name)
					       : NULL;
}

const struct shipped_section *shipped_next_section(const struct shipped *shipped,
						   const struct shipped_section *section)
{
	size_t next = section ? (size_t)(section - shipped->sections) + 1 : 0;

	return next < shipped->nr_sections ? &shipped->sections[next] : NULL;
}

const uint8_t *shipped_bytes(const struct shipped *shipped, uint64_t address, uint64_t size)
{
	const struct shipped_section *section = shipped_section(shipped, address, size);

	return section && section->data ? section->data + (address - section->address) : NULL;
}

/* The first relocation that is not before @address, by its number in the section. */
static size_t first_rela(const struct shipped_section *section, uint64_t address)
{
	size_t low = 0, high = section->nr_relas;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (section->relas[mid].r_offset < address - section->address)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

const Elf64_Rela *shipped_rela(const struct shipped *shipped, uint64_t address)
{
	const struct shipped_section *section = shipped_section(shipped, address, 1);
	size_t i = section ? first_rela(section, address) : 0;

	return section && i < section->nr_relas &&
			       section->relas[i].r_offset == address - section->address
		       ? &section->relas[i]
		       : NULL;
}

size_t shipped_nr_relas(const struct shipped *shipped, uint64_t address, uint64_t size)
{
	const struct shipped_section *section = shipped_section(shipped, address, size);

	return section ? first_rela(section, address + size) - first_rela(section, address) : 0;
}

static int64_t field_value(const uint8_t *bytes, const struct shipped_field *field)
{
	uint32_t word;
	int64_t value;

	switch (field->width) {
	case 1:
		return (int8_t)*bytes;
	case 4:
		memcpy(&word, bytes, sizeof(word));
		return field->zero_extended ? (int64_t)word : (int32_t)word;
	default:
		memcpy(&value, bytes, sizeof(value));
		return value;
	}
}

bool shipped_refers(const struct shipped *shipped, const struct shipped_field *field,
		    uint64_t *place)
{
	const uint8_t *bytes = shipped_bytes(shipped, field->address, field->width);
	const struct shipped_symbol *sym;
	const Elf64_Rela *rela;
	uint32_t type;

	if (!bytes || (field->width != 1 && field->width != 4 && field->width != 8))
		return false;
	rela = shipped->is_vmlinux ? NULL : shipped_rela(shipped, field->address);
	if (rela) {
		type = (uint32_t)ELF64_R_TYPE(rela->r_info);
		sym = shipped_symbol(shipped, ELF64_R_SYM(rela->r_info));
		if (!sym || arch_x86_64.rela_width(type) != field->width ||
		    arch_x86_64.is_pcrel(type) != field->pcrel)
			return false;
		*place = sym->address + (uint64_t)rela->r_addend;
		if (field->pcrel)
			*place += field->end - field->address;
		return true;
	}
	if (!shipped->is_vmlinux && !field->pcrel)
		return false;
	*place = (uint64_t)field_value(bytes, field) + (field->pcrel ? field->end : 0);
	return true;
}

const struct shipped_symbol *shipped_symbol(const struct shipped *shipped, uint32_t order)
{
	return order && order < shipped->nr_symbols ? &shipped->symbols[order] : NULL;
}

const struct shipped_symbol *shipped_named(const struct shipped *shipped, const char *name)
{
	const uint32_t *last = names_find(&shipped->by_name, name, strlen(name));

	return last && *last ? &shipped->symbols[*last] : NULL;
}

const struct shipped_symbol *shipped_next(const struct shipped *shipped,
					  const struct shipped_symbol *sym)
{
	return sym->next ? &shipped->symbols[sym->next] : NULL;
}

/* How many symbols are before @address. */
static size_t place_of(const struct shipped *shipped, uint64_t address)
{
	size_t low = 0, high = shipped->nr_by_address;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (shipped->by_address[mid]->address < address)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

const struct shipped_symbol *const *shipped_at(const struct shipped *shipped, uint64_t address,
					       size_t *nr)
{
	size_t first = place_of(shipped, address), end = first;

	while (end < shipped->nr_by_address && shipped->by_address[end]->address == address)
		end++;
	*nr = end - first;
	return shipped->by_address + first;
}

const struct shipped_symbol *shipped_before(const struct shipped *shipped, uint64_t address)
{
	size_t behind = place_of(shipped, address + 1);

	return behind ? shipped->by_address[behind - 1] : NULL;
}

const struct shipped_symbol *shipped_each(const struct shipped *shipped,
					  const struct shipped_symbol *sym)
{
	return shipped_symbol(shipped, sym ? sym->order + 1 : 1);
}

static bool table_section(const struct shipped *shipped, const char *name,
			  struct shipped_range *range)
{
	size_t i;

	for (i = 0; i < shipped->nr_sections; i++) {
		const struct shipped_section *section = &shipped->sections[i];

		if (strcmp(section->name, name))
			continue;
		*range = (struct shipped_range){ section->address, section->size };
		return true;
	}
	return false;
}

bool shipped_table(const struct shipped *shipped, const char *name, struct shipped_range *range)
{
	const struct shipped_symbol *start, *stop;
	size_t i;

	if (table_section(shipped, name, range))
		return true;
	for (i = 0; i < sizeof(table_bounds) / sizeof(table_bounds[0]); i++) {
		if (!shipped->is_vmlinux || strcmp(table_bounds[i].name, name))
			continue;
		start = shipped_named(shipped, table_bounds[i].start);
		stop = shipped_named(shipped, table_bounds[i].stop);
		if (!start || !stop || stop->address < start->address ||
		    !shipped_bytes(shipped, start->address, stop->address - start->address))
			return false;
		*range = (struct shipped_range){ start->address, stop->address - start->address };
		return true;
	}
	return false;
}

bool shipped_is_vmlinux(const struct shipped *shipped)
{
	return shipped->is_vmlinux;
}

bool shipped_in_image(const struct shipped *shipped, uint64_t address)
{
	return shipped->text && address >= shipped->text && address - shipped->text < IMAGE_SIZE;
}

const uint8_t *shipped_rodata(const struct shipped *shipped, uint64_t address, uint64_t size)
{
	const struct shipped_section *section = shipped_section(shipped, address, size);

	return section && section->data && has_prefix(section->name, ".rodata")
		       ? section->data + (address - section->address)
		       : NULL;
}

uint64_t shipped_text(const struct shipped *shipped)
{
	return shipped->text;
}
