// SPDX-License-Identifier: GPL-2.0-only
/*
 * The targets' entry points for libFuzzer, and mutations that know what an ELF file is:
 * nearly every random change of bytes ends in "not an ELF file", while a changed field of a
 * header, symbol or relocation gets past the loader.
 */
#include "bundle.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned int seed);
size_t LLVMFuzzerCustomCrossOver(const uint8_t *data1, size_t size1, const uint8_t *data2,
				 size_t size2, uint8_t *out, size_t max, unsigned int seed);

struct field {
	uint8_t offset, width;
};

#define FIELD(type, name)                                       \
	{                                                       \
		offsetof(type, name), sizeof(((type *)0)->name) \
	}

static const struct field ehdr_fields[] = {
	FIELD(Elf64_Ehdr, e_shoff),    FIELD(Elf64_Ehdr, e_shentsize), FIELD(Elf64_Ehdr, e_shnum),
	FIELD(Elf64_Ehdr, e_shstrndx), FIELD(Elf64_Ehdr, e_type),      FIELD(Elf64_Ehdr, e_phnum),
	FIELD(Elf64_Ehdr, e_phoff),
};

static const struct field shdr_fields[] = {
	FIELD(Elf64_Shdr, sh_name),    FIELD(Elf64_Shdr, sh_type),
	FIELD(Elf64_Shdr, sh_flags),   FIELD(Elf64_Shdr, sh_offset),
	FIELD(Elf64_Shdr, sh_size),    FIELD(Elf64_Shdr, sh_link),
	FIELD(Elf64_Shdr, sh_info),    FIELD(Elf64_Shdr, sh_addralign),
	FIELD(Elf64_Shdr, sh_entsize),
};

static const struct field sym_fields[] = {
	FIELD(Elf64_Sym, st_name),  FIELD(Elf64_Sym, st_info),	FIELD(Elf64_Sym, st_other),
	FIELD(Elf64_Sym, st_shndx), FIELD(Elf64_Sym, st_value), FIELD(Elf64_Sym, st_size),
};

static const struct field rela_fields[] = {
	FIELD(Elf64_Rela, r_offset),
	{ offsetof(Elf64_Rela, r_info), 4 }, /* the type */
	{ offsetof(Elf64_Rela, r_info) + 4, 4 }, /* the symbol */
	FIELD(Elf64_Rela, r_addend),
};

/* Elements of one size that stand in a row in the file. */
struct table {
	size_t offset, nr, size;
	const struct field *fields;
	size_t nr_fields;
};

struct image {
	uint8_t *data;
	size_t size;
	Elf64_Ehdr ehdr;
	struct table shdrs;
	uint64_t random;
};

static uint64_t pick(struct image *image, uint64_t n)
{
	image->random ^= image->random << 13;
	image->random ^= image->random >> 7;
	image->random ^= image->random << 17;
	return n ? (image->random >> 11) % n : 0;
}

/* A row that is not all in the file has no elements. */
static struct table make_table(const struct image *image, uint64_t offset, uint64_t nr, size_t size,
			       const struct field *fields, size_t nr_fields)
{
	if (offset > image->size || nr > (image->size - offset) / size)
		nr = 0;
	return (struct table){ (size_t)offset, (size_t)nr, size, fields, nr_fields };
}

static Elf64_Shdr section_header(const struct image *image, size_t index)
{
	Elf64_Shdr shdr;

	memcpy(&shdr, image->data + image->shdrs.offset + index * sizeof(shdr), sizeof(shdr));
	return shdr;
}

static bool open_image(struct image *image, uint8_t *data, size_t size)
{
	image->data = data;
	image->size = size;
	if (size < sizeof(image->ehdr) || memcmp(data, ELFMAG, SELFMAG))
		return false;
	memcpy(&image->ehdr, data, sizeof(image->ehdr));
	image->shdrs = make_table(image, image->ehdr.e_shoff, image->ehdr.e_shnum,
				  sizeof(Elf64_Shdr), shdr_fields, ARRAY_SIZE(shdr_fields));
	return image->shdrs.nr;
}

/* The elements of a random section of this type. */
static struct table pick_table(struct image *image, uint32_t type)
{
	size_t i, nr = image->shdrs.nr, first = pick(image, nr);

	for (i = 0; i < nr; i++) {
		Elf64_Shdr shdr = section_header(image, (first + i) % nr);

		if (shdr.sh_type != type || !shdr.sh_size)
			continue;
		if (type == SHT_SYMTAB)
			return make_table(image, shdr.sh_offset, shdr.sh_size / sizeof(Elf64_Sym),
					  sizeof(Elf64_Sym), sym_fields, ARRAY_SIZE(sym_fields));
		return make_table(image, shdr.sh_offset, shdr.sh_size / sizeof(Elf64_Rela),
				  sizeof(Elf64_Rela), rela_fields, ARRAY_SIZE(rela_fields));
	}
	return (struct table){ 0 };
}

static uint64_t get(const uint8_t *at, size_t width)
{
	uint64_t value = 0;

	memcpy(&value, at, width); /* the machine is little-endian, as x86-64 objects are */
	return value;
}

static uint64_t new_value(struct image *image, const struct table *table, const struct field *field,
			  uint64_t old)
{
	static const uint64_t limits[] = { 0,	       1,	   2,	       UINT64_MAX,
					   INT64_MAX,  INT64_MIN,  INT32_MAX,  UINT32_MAX,
					   UINT16_MAX, SHN_COMMON, SHN_XINDEX, SHN_LORESERVE,
					   SHN_ABS,    1u << 30,   1ull << 40, 1ull << 62 };

	switch (pick(image, 8)) {
	case 0:
		return limits[pick(image, ARRAY_SIZE(limits))];
	case 1:
		return old ^ (1ull << pick(image, 8 * field->width));
	case 2:
		return old + pick(image, 33) - 16;
	case 3:
		return pick(image, 64);
	case 4:
		return image->size + pick(image, 33) - 16;
	default: /* what another element has there makes sense more often */
		return get(image->data + table->offset + pick(image, table->nr) * table->size +
				   field->offset,
			   field->width);
	}
}

static void change_field(struct image *image, const struct table *table)
{
	const struct field *field;
	uint64_t value;
	uint8_t *at;

	if (!table->nr)
		return;
	field = &table->fields[pick(image, table->nr_fields)];
	at = image->data + table->offset + pick(image, table->nr) * table->size + field->offset;
	value = new_value(image, table, field, get(at, field->width));
	memcpy(at, &value, field->width);
}

static void copy_element(struct image *image, const struct table *table)
{
	if (table->nr)
		memmove(image->data + table->offset + pick(image, table->nr) * table->size,
			image->data + table->offset + pick(image, table->nr) * table->size,
			table->size);
}

/* Names that decide what becomes of a section or symbol. */
static void write_name(struct image *image)
{
	static const char *const names[] = {
		".altinstructions",
		".altinstr_replacement",
		"__bug_table",
		"__ex_table",
		"__jump_table",
		".parainstructions",
		".smp_locks",
		"__mcount_loc",
		".fixup",
		".text.unlikely",
		".rodata.str1.1",
		".rodata.cst8",
		".data.once",
		".init.text",
		".discard.unreachable",
		".kpatch.ignore.functions",
		".kpatch.ignore.sections",
		".kpatch.callbacks.pre_patch",
		"show.cold",
		"show",
		"show.part.0",
		"__fentry__",
		"__SCT__show",
		"__UNIQUE_ID_x1",
		"x.1",
	};
	const char *name = names[pick(image, ARRAY_SIZE(names))];
	size_t length = strlen(name) + 1;
	Elf64_Shdr strings;
	uint64_t at;

	strings = section_header(image, pick(image, image->shdrs.nr));
	if (strings.sh_type != SHT_STRTAB || !strings.sh_size)
		strings = section_header(image, image->ehdr.e_shstrndx % image->shdrs.nr);
	if (strings.sh_offset > image->size || strings.sh_size > image->size - strings.sh_offset)
		return;
	at = strings.sh_offset + pick(image, strings.sh_size);
	while (at > strings.sh_offset && image->data[at - 1])
		at--;
	if (length < image->size - at)
		memcpy(image->data + at, name, length);
}

/* A few bytes of one section, by libFuzzer's own means; its size stays. */
static void change_contents(struct image *image)
{
	Elf64_Shdr shdr = section_header(image, pick(image, image->shdrs.nr));
	size_t at, size;

	if (shdr.sh_offset >= image->size || !shdr.sh_size)
		return;
	size = image->size - (size_t)shdr.sh_offset;
	if (size > shdr.sh_size)
		size = (size_t)shdr.sh_size;
	at = pick(image, size);
	size -= at;
	if (size > 16)
		size = 16;
	LLVMFuzzerMutate(image->data + shdr.sh_offset + at, size, size);
}

static void mutate_elf(struct image *image)
{
	struct table table =
		make_table(image, 0, 1, sizeof(Elf64_Ehdr), ehdr_fields, ARRAY_SIZE(ehdr_fields));
	uint64_t which = pick(image, 32);

	if (!which) {
		change_field(image, &table);
	} else if (which < 10) {
		change_field(image, &image->shdrs);
	} else if (which < 24) {
		table = pick_table(image, which < 16 ? SHT_SYMTAB : SHT_RELA);
		if (which % 4)
			change_field(image, &table);
		else
			copy_element(image, &table);
	} else if (which < 26) {
		copy_element(image, &image->shdrs);
	} else if (which < 28) {
		write_name(image);
	} else {
		change_contents(image);
	}
}

/* Returns the new size. */
static size_t mutate_member(uint8_t *data, size_t size, size_t max, uint64_t seed)
{
	struct image image = { .random = seed };
	uint64_t times = 1 + pick(&image, 5);

	if (!open_image(&image, data, size) || !pick(&image, 24))
		return LLVMFuzzerMutate(data, size, max);
	while (times-- && open_image(&image, data, size))
		mutate_elf(&image);
	return size;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bundle bundle;

	if (bundle_read(&bundle, data, size))
		target_run(&bundle);
	return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned int seed)
{
	struct image image = { .random = seed * 0x9e3779b97f4a7c15ull + 1 };
	struct bundle bundle;
	struct member *m;
	uint8_t *old, *copy;
	size_t room;

	if (!bundle_read(&bundle, data, size))
		return LLVMFuzzerMutate(data, size, max);
	if (!pick(&image, 50))
		bundle.flags ^= 1u << pick(&image, 3);
	/* the objects are what matters most; they are the first two */
	m = &bundle.member[pick(&image, pick(&image, 5) ? (bundle.nr < 2 ? 1 : 2) : bundle.nr)];
	room = m->size + (max > size ? max - size : 0) / 2;
	old = malloc(size);
	copy = malloc(room ? room : 1);
	memcpy(old, data, size);
	memcpy(copy, m->data, m->size);
	bundle_read(&bundle, old, size);
	m->data = copy;
	m->size = mutate_member(copy, m->size, room, image.random | 1);
	room = bundle_write(&bundle, data, max);
	free(old);
	free(copy);
	return room ? room : size;
}

/* Some files of the one, some of the other; the two objects of a pair may change places. */
size_t LLVMFuzzerCustomCrossOver(const uint8_t *data1, size_t size1, const uint8_t *data2,
				 size_t size2, uint8_t *out, size_t max, unsigned int seed)
{
	struct image image = { .random = seed * 0x9e3779b97f4a7c15ull + 1 };
	struct bundle a, b;
	size_t i;

	if (!bundle_read(&a, data1, size1) || !bundle_read(&b, data2, size2))
		return 0;
	for (i = 0; i < a.nr; i++) {
		if (pick(&image, 2))
			a.member[i] = b.member[i];
	}
	if (a.nr > 1 && !pick(&image, 4))
		a.member[0] = a.member[1];
	return bundle_write(&a, out, max);
}
