// SPDX-License-Identifier: GPL-2.0-only
/*
 * Print what a diff object holds, one fact a line, so that tests can match it:
 *
 *	func NAME OBJECT POSITION		a row of .discard.kpatch.funcs
 *	bind NAME OWNER TARGET POSITION		a row of .kpatch.bind
 *	callback KIND FUNCTION OBJECT		a row of .kpatch.callbacks.KIND
 *	shipped NAME FUNCTION HOW		a record of .kpatch.shipped: proven or unproven
 *	site NAME KIND OFFSET LENGTH FORMS	a site of it, by the number of its kind
 *	defined NAME				a symbol with a place in the object
 *	local NAME				one that is local
 *	undefined NAME				a symbol without one
 *	weak NAME				one that may stay without
 *	section NAME SIZE
 *	linked NAME WITH	a section that stays in the order of another
 *	by-section NAME		a section that code refers to by its own symbol
 *
 * The rows are those of kmod/patch/kpatch-records.h.
 */
#include <elf.h>
#include <err.h>
#include <fcntl.h>
#include <gelf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kmod/patch/kpatch-records.h"
#include "kmod/patch/kpatch-shipped.h"

#define CALLBACKS_PREFIX ".kpatch.callbacks."

struct object {
	Elf *elf;
	size_t shstrndx;
	Elf_Data *symtab; /* owned by elf */
	size_t nr_syms;
	size_t strndx; /* section of the symbols' names */
};

static const char *section_name(const struct object *obj, Elf_Scn *scn)
{
	GElf_Shdr sh;
	const char *name = NULL;

	if (gelf_getshdr(scn, &sh))
		name = elf_strptr(obj->elf, obj->shstrndx, sh.sh_name);
	return name ? name : "?";
}

static bool find_symbol(const struct object *obj, size_t index, GElf_Sym *sym)
{
	return index < obj->nr_syms && gelf_getsym(obj->symtab, (int)index, sym);
}

static const char *symbol_name(const struct object *obj, const GElf_Sym *sym)
{
	const char *name = elf_strptr(obj->elf, obj->strndx, sym->st_name);

	return name ? name : "?";
}

/* The relocation at @offset of section @index; false when there is none. */
static bool find_rela(const struct object *obj, size_t index, GElf_Addr offset, GElf_Rela *rela)
{
	Elf_Scn *scn = NULL;
	GElf_Shdr sh;

	while ((scn = elf_nextscn(obj->elf, scn))) {
		Elf_Data *data;

		if (!gelf_getshdr(scn, &sh) || sh.sh_type != SHT_RELA || sh.sh_info != index)
			continue;
		data = elf_getdata(scn, NULL);
		for (size_t i = 0; data && sh.sh_entsize && i < sh.sh_size / sh.sh_entsize; i++)
			if (gelf_getrela(data, (int)i, rela) && rela->r_offset == offset)
				return true;
	}
	return false;
}

/* The name of the symbol that the pointer at @offset of section @index stands for. */
static const char *pointed_symbol(const struct object *obj, size_t index, GElf_Addr offset)
{
	GElf_Rela rela;
	GElf_Sym sym;

	if (!find_rela(obj, index, offset, &rela) ||
	    !find_symbol(obj, GELF_R_SYM(rela.r_info), &sym))
		return "?";
	return symbol_name(obj, &sym);
}

/* The string that the pointer at @offset of section @index stands for. */
static const char *pointed_string(const struct object *obj, size_t index, GElf_Addr offset)
{
	GElf_Rela rela;
	GElf_Sym sym;
	Elf_Data *data;
	uint64_t at;

	if (!find_rela(obj, index, offset, &rela) ||
	    !find_symbol(obj, GELF_R_SYM(rela.r_info), &sym))
		return "?";
	data = elf_getdata(elf_getscn(obj->elf, sym.st_shndx), NULL);
	at = sym.st_value + (uint64_t)rela.r_addend;
	if (!data || !data->d_buf || at >= data->d_size ||
	    !memchr((const char *)data->d_buf + at, '\0', data->d_size - at))
		return "?";
	return (const char *)data->d_buf + at;
}

/* The core module takes the size for where the function ends, as its symbol says. */
static void check_size(const struct object *obj, size_t index, GElf_Addr row, uint64_t size)
{
	GElf_Addr at = row + offsetof(struct kpatch_func_record, new_addr);
	GElf_Rela rela;
	GElf_Sym sym;

	if (find_rela(obj, index, at, &rela) && find_symbol(obj, GELF_R_SYM(rela.r_info), &sym) &&
	    sym.st_size != size)
		errx(EXIT_FAILURE, "%s has %llu bytes, not the %llu of its row",
		     symbol_name(obj, &sym), (unsigned long long)sym.st_size,
		     (unsigned long long)size);
}

static void print_func(const struct object *obj, size_t index, GElf_Addr row, const void *bytes)
{
	struct kpatch_func_record rec;

	memcpy(&rec, bytes, sizeof(rec));
	check_size(obj, index, row, rec.new_size);
	printf("func %s %s %llu\n",
	       pointed_string(obj, index, row + offsetof(struct kpatch_func_record, old_name)),
	       pointed_string(obj, index, row + offsetof(struct kpatch_func_record, object)),
	       (unsigned long long)rec.sympos);
}

static void print_bind(const struct object *obj, size_t index, GElf_Addr row, const void *bytes)
{
	struct kpatch_bind_record rec;

	memcpy(&rec, bytes, sizeof(rec));
	printf("bind %s %s %s %llu\n",
	       pointed_string(obj, index, row + offsetof(struct kpatch_bind_record, name)),
	       pointed_string(obj, index, row + offsetof(struct kpatch_bind_record, object)),
	       pointed_string(obj, index, row + offsetof(struct kpatch_bind_record, target)),
	       (unsigned long long)rec.sympos);
}

static void print_site(const char *record, const char *name, const struct kpatch_shipped_site *site)
{
	uint32_t i;

	printf("site %s %u %u %u", name, site->kind, site->offset, site->length);
	for (i = 0; i < site->nr && site->kind != KPATCH_SITE_RELOCATION; i++) {
		struct kpatch_shipped_form form;

		memcpy(&form, record + site->data + i * sizeof(form), sizeof(form));
		putchar(' ');
		for (uint32_t n = 0; n < form.length; n++)
			printf("%02x", (unsigned char)record[form.bytes + n]);
	}
	if (site->nr && site->kind == KPATCH_SITE_RELOCATION) {
		struct kpatch_shipped_target target;

		memcpy(&target, record + site->data, sizeof(target));
		printf(" %s%+lld", record + target.name, (long long)target.addend);
	}
	putchar('\n');
}

static void print_form_sites(const char *record, const char *name,
			     const struct kpatch_shipped_site *site)
{
	char label[256];

	snprintf(label, sizeof(label), "%s.form", name);
	for (uint32_t i = 0; i < site->nr && site->kind != KPATCH_SITE_RELOCATION; i++) {
		struct kpatch_shipped_form form;
		struct kpatch_shipped_site field;

		memcpy(&form, record + site->data + i * sizeof(form), sizeof(form));
		for (uint32_t n = 0; n < form.nr_fields; n++) {
			memcpy(&field, record + form.fields + n * sizeof(field), sizeof(field));
			print_site(record, label, &field);
		}
	}
}

static void print_shipped(const char *bytes, size_t size)
{
	struct kpatch_shipped_record record;
	struct kpatch_shipped_site site;
	size_t at;
	uint32_t i;

	for (at = 0; at + sizeof(record) <= size; at += record.record_size) {
		memcpy(&record, bytes + at, sizeof(record));
		if (record.magic != KPATCH_SHIPPED_MAGIC || record.record_size < sizeof(record) ||
		    record.record_size > size - at || record.record_size % 8)
			errx(EXIT_FAILURE, "no record of .kpatch.shipped at %zu", at);
		printf("shipped %s %s %s\n", bytes + at + record.name, bytes + at + record.function,
		       record.flags & KPATCH_SHIPPED_PROVEN ? "proven" : "unproven");
		if (record.flags & KPATCH_SHIPPED_NO_POSITION)
			printf("position %s none\n", bytes + at + record.name);
		else
			printf("position %s %u\n", bytes + at + record.name, record.sympos);
		for (i = 0; i < record.nr_sites; i++) {
			memcpy(&site, bytes + at + record.sites + i * sizeof(site), sizeof(site));
			print_site(bytes + at, bytes + at + record.name, &site);
			print_form_sites(bytes + at, bytes + at + record.name, &site);
		}
	}
}

static void print_rows(const struct object *obj, Elf_Scn *scn)
{
	const char *name = section_name(obj, scn);
	size_t index = elf_ndxscn(scn);
	Elf_Data *data = elf_getdata(scn, NULL);
	size_t size = data && data->d_buf ? data->d_size : 0;
	const char *bytes = size ? data->d_buf : NULL;
	size_t at;

	if (!strcmp(name, KPATCH_DIFF_FUNCS_SECTION)) {
		for (at = 0; at + sizeof(struct kpatch_func_record) <= size;
		     at += sizeof(struct kpatch_func_record))
			print_func(obj, index, at, bytes + at);
	} else if (!strcmp(name, KPATCH_BIND_SECTION)) {
		for (at = 0; at + sizeof(struct kpatch_bind_record) <= size;
		     at += sizeof(struct kpatch_bind_record))
			print_bind(obj, index, at, bytes + at);
	} else if (!strcmp(name, KPATCH_SHIPPED_SECTION)) {
		print_shipped(bytes, size);
	} else if (!strncmp(name, CALLBACKS_PREFIX, strlen(CALLBACKS_PREFIX))) {
		for (at = 0; at + sizeof(struct kpatch_callback_record) <= size;
		     at += sizeof(struct kpatch_callback_record))
			printf("callback %s %s %s\n", name + strlen(CALLBACKS_PREFIX),
			       pointed_symbol(obj, index, at),
			       pointed_string(obj, index,
					      at + offsetof(struct kpatch_callback_record,
							    object)));
	}
}

static void print_symbols(const struct object *obj)
{
	for (size_t i = 1; i < obj->nr_syms; i++) {
		GElf_Sym sym;

		if (!find_symbol(obj, i, &sym) || GELF_ST_TYPE(sym.st_info) == STT_SECTION ||
		    GELF_ST_TYPE(sym.st_info) == STT_FILE)
			continue;
		printf("%s %s\n", sym.st_shndx == SHN_UNDEF ? "undefined" : "defined",
		       symbol_name(obj, &sym));
		if (sym.st_shndx == SHN_UNDEF && GELF_ST_BIND(sym.st_info) == STB_WEAK)
			printf("weak %s\n", symbol_name(obj, &sym));
		if (sym.st_shndx != SHN_UNDEF && GELF_ST_BIND(sym.st_info) == STB_LOCAL)
			printf("local %s\n", symbol_name(obj, &sym));
	}
}

/* What code refers to by the symbol of a section; @scn has the code's relocations. */
static void print_by_section(const struct object *obj, Elf_Scn *scn, const GElf_Shdr *relas)
{
	Elf_Data *data = elf_getdata(scn, NULL);
	GElf_Shdr code;
	GElf_Rela rela;
	GElf_Sym sym;

	if (!gelf_getshdr(elf_getscn(obj->elf, relas->sh_info), &code) ||
	    !(code.sh_flags & SHF_EXECINSTR))
		return;
	for (size_t i = 0; data && relas->sh_entsize && i < relas->sh_size / relas->sh_entsize;
	     i++) {
		if (gelf_getrela(data, (int)i, &rela) &&
		    find_symbol(obj, GELF_R_SYM(rela.r_info), &sym) &&
		    GELF_ST_TYPE(sym.st_info) == STT_SECTION)
			printf("by-section %s\n",
			       section_name(obj, elf_getscn(obj->elf, sym.st_shndx)));
	}
}

static void print_object(struct object *obj)
{
	Elf_Scn *scn = NULL;
	GElf_Shdr sh;

	while ((scn = elf_nextscn(obj->elf, scn))) {
		if (!gelf_getshdr(scn, &sh))
			continue;
		printf("section %s %llu\n", section_name(obj, scn), (unsigned long long)sh.sh_size);
		if (sh.sh_flags & SHF_LINK_ORDER)
			printf("linked %s %s\n", section_name(obj, scn),
			       section_name(obj, elf_getscn(obj->elf, sh.sh_link)));
		if (sh.sh_type == SHT_SYMTAB && sh.sh_entsize) {
			obj->symtab = elf_getdata(scn, NULL);
			obj->nr_syms = obj->symtab ? sh.sh_size / sh.sh_entsize : 0;
			obj->strndx = sh.sh_link;
		}
	}
	scn = NULL;
	while ((scn = elf_nextscn(obj->elf, scn))) {
		print_rows(obj, scn);
		if (gelf_getshdr(scn, &sh) && sh.sh_type == SHT_RELA)
			print_by_section(obj, scn, &sh);
	}
	print_symbols(obj);
}

static size_t field_width(uint32_t type)
{
	switch (type) {
	case R_X86_64_NONE:
		return 0;
	case R_X86_64_64:
	case R_X86_64_PC64:
		return 8;
	case R_X86_64_PC8:
		return 1;
	default:
		return 4;
	}
}

/* The kernel's loader takes what is not zero for a place that has been relocated before. */
static void check_field(const struct object *obj, Elf_Scn *target, const GElf_Rela *rela)
{
	size_t width = field_width(GELF_R_TYPE(rela->r_info));
	static const char zero[8];
	Elf_Data *data = elf_getdata(target, NULL);

	if (!data || !data->d_buf || rela->r_offset > data->d_size ||
	    data->d_size - rela->r_offset < width ||
	    memcmp((const char *)data->d_buf + rela->r_offset, zero, width))
		errx(EXIT_FAILURE, "%s+%#llx is relocated, and not zero", section_name(obj, target),
		     (unsigned long long)rela->r_offset);
}

static void check_fields(const struct object *obj)
{
	Elf_Scn *scn = NULL;
	GElf_Rela rela;
	GElf_Shdr sh;

	while ((scn = elf_nextscn(obj->elf, scn))) {
		Elf_Data *data = elf_getdata(scn, NULL);

		if (!gelf_getshdr(scn, &sh) || sh.sh_type != SHT_RELA)
			continue;
		for (int i = 0; data && gelf_getrela(data, i, &rela); i++)
			check_field(obj, elf_getscn(obj->elf, sh.sh_info), &rela);
	}
}

int main(int argc, char **argv)
{
	struct object obj = { 0 };
	int fd;

	if (argc != 2)
		errx(EXIT_FAILURE, "use: dump-object FILE.o");
	fd = open(argv[1], O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		err(EXIT_FAILURE, "%s", argv[1]);
	elf_version(EV_CURRENT);
	obj.elf = elf_begin(fd, ELF_C_READ, NULL);
	if (!obj.elf || elf_kind(obj.elf) != ELF_K_ELF || elf_getshdrstrndx(obj.elf, &obj.shstrndx))
		errx(EXIT_FAILURE, "%s: not an ELF object", argv[1]);
	print_object(&obj);
	check_fields(&obj);
	elf_end(obj.elf);
	close(fd);
	return EXIT_SUCCESS;
}
