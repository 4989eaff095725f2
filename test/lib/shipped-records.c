// SPDX-License-Identifier: GPL-2.0-only
/*
 * Records of the shipped code (kmod/patch/kpatch-shipped.h) of all functions in .text of a vmlinux,
 * from its tables alone: shipped-records VMLINUX >RECORDS. Addresses in the code are no sites, so
 * that the kernel must not be moved (nokaslr).
 */
#include <Zydis/Zydis.h>
#include <err.h>
#include <fcntl.h>
#include <gelf.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kmod/patch/kpatch-shipped.h"

#define FORMS_MAX 16

struct found {
	uint64_t address;
	struct kpatch_shipped_site site;
	struct form {
		unsigned char bytes[255];
		unsigned int length;
		size_t nr_fields;
		struct kpatch_shipped_site fields[FORMS_MAX];
	} * forms;
};

struct function {
	uint64_t address, size; /* 0: of another symbol */
	const char *name;
};

static Elf *elf;
static struct found *found;
static size_t nr_found;
static ZydisDecoder decoder;

static void *grow(void *items, size_t count, size_t size)
{
	/* Room for twice as many whenever the number is a power of two. */
	if (count & (count - 1))
		return items;
	items = reallocarray(items, count ? 2 * count : 1, size);
	if (!items)
		err(1, "memory");
	return items;
}

/* The file's bytes at @address, NULL where it has none. */
static const unsigned char *at(uint64_t address, size_t size)
{
	Elf_Scn *section = NULL;
	GElf_Shdr header;

	while ((section = elf_nextscn(elf, section))) {
		Elf_Data *data;

		if (!gelf_getshdr(section, &header) || !(header.sh_flags & SHF_ALLOC) ||
		    header.sh_type == SHT_NOBITS || address < header.sh_addr ||
		    address + size > header.sh_addr + header.sh_size)
			continue;
		data = elf_rawdata(section, NULL);
		return data ? (const unsigned char *)data->d_buf + (address - header.sh_addr)
			    : NULL;
	}
	return NULL;
}

static int32_t int_at(uint64_t address)
{
	const unsigned char *bytes = at(address, 4);
	int32_t value = 0;

	if (bytes)
		memcpy(&value, bytes, sizeof(value));
	return value;
}

static Elf_Data *symbols(GElf_Shdr *header)
{
	Elf_Scn *section = NULL;

	while ((section = elf_nextscn(elf, section)))
		if (gelf_getshdr(section, header) && header->sh_type == SHT_SYMTAB)
			return elf_getdata(section, NULL);
	errx(1, "no symbols");
}

/* The address of a symbol, 0 when there is none. */
static uint64_t symbol(const char *name)
{
	GElf_Shdr header;
	Elf_Data *data = symbols(&header);
	GElf_Sym sym;

	for (int i = 0; gelf_getsym(data, i, &sym); i++) {
		const char *s = elf_strptr(elf, header.sh_link, sym.st_name);

		if (s && strcmp(s, name) == 0)
			return sym.st_value;
	}
	return 0;
}

static struct found *add(uint64_t address, size_t length, unsigned int kind, unsigned int value)
{
	found = grow(found, nr_found, sizeof(*found));
	found[nr_found] = (struct found){ .address = address };
	found[nr_found].site.length = length;
	found[nr_found].site.kind = kind;
	found[nr_found].site.value = value;
	return &found[nr_found++];
}

/* The first of the @nr sites, which are in order, that is not before @address. */
static size_t first_site(uint64_t address, size_t nr)
{
	size_t low = 0, high = nr;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (found[middle].address < address)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Of the bytes at @from, which the kernel changes before it copies them: @nr sites are in order. */
static void add_fields(struct found *where, uint64_t from, size_t nr)
{
	struct form *form = &where->forms[where->site.nr - 1];

	for (size_t i = first_site(from, nr); i < nr && found[i].address < from + form->length;
	     i++) {
		if (form->nr_fields == FORMS_MAX)
			errx(1, "too many fields");
		form->fields[form->nr_fields] = found[i].site;
		form->fields[form->nr_fields++].offset = found[i].address - from;
	}
}

static void add_form(struct found *where, const unsigned char *bytes, size_t length)
{
	struct form *form;

	where->forms = reallocarray(where->forms, where->site.nr + 1, sizeof(*where->forms));
	if (!where->forms || !bytes)
		err(1, "form");
	form = &where->forms[where->site.nr++];
	form->nr_fields = 0;
	memcpy(form->bytes, bytes, length);
	form->length = length;
}

/* Relative operands of the @length bytes at @code move by @distance, but for those in themselves. */
static void move(unsigned char *code, size_t length, int64_t distance)
{
	ZydisDecodedInstruction insn;

	for (size_t i = 0; i < length; i += insn.length) {
		const ZydisDecodedInstructionRaw *raw = &insn.raw;
		int32_t value;
		int64_t to;

		if (ZYAN_FAILED(ZydisDecoderDecodeInstruction(&decoder, NULL, code + i, length - i,
							      &insn)))
			return;
		if (!(insn.attributes & ZYDIS_ATTRIB_IS_RELATIVE))
			continue;
		if (raw->imm[0].is_relative && raw->imm[0].size == 32) {
			to = (int64_t)(i + insn.length) + raw->imm[0].value.s;
			value = (int32_t)(raw->imm[0].value.s + distance);
			if (to < 0 || to > (int64_t)length)
				memcpy(code + i + raw->imm[0].offset, &value, 4);
		} else if (!raw->imm[0].is_relative && raw->disp.size == 32) {
			value = (int32_t)(raw->disp.value + distance);
			memcpy(code + i + raw->disp.offset, &value, 4);
		}
	}
}

/* The next NOPs, or jump of 32 bits, from *@i on: bytes of them, the first at *@start; 0: none. */
static size_t next_rewritten(const unsigned char *code, size_t length, size_t *i, size_t *start)
{
	ZydisDecodedInstruction insn;

	for (; *i < length; *i += insn.length) {
		if (ZYAN_FAILED(ZydisDecoderDecodeInstruction(&decoder, NULL, code + *i,
							      length - *i, &insn)))
			return 0;
		*start = *i;
		while (insn.mnemonic == ZYDIS_MNEMONIC_NOP ||
		       (insn.length == 2 && code[*i] == 0x66 && code[*i + 1] == 0x90)) {
			*i += insn.length;
			if (*i == length || ZYAN_FAILED(ZydisDecoderDecodeInstruction(
						    &decoder, NULL, code + *i, length - *i, &insn)))
				break;
		}
		if (*i > *start)
			return *i - *start;
		if (code[*i] == 0xe9 && insn.length == 5)
			return *i += 5, 5;
	}
	return 0;
}

static void add_rewritten_fields(struct form *form)
{
	size_t i = 0, start, length;

	while ((length = next_rewritten(form->bytes, form->length, &i, &start))) {
		bool jump = form->bytes[start] == 0xe9;

		if (form->nr_fields == FORMS_MAX)
			errx(1, "too many fields");
		form->fields[form->nr_fields++] = (struct kpatch_shipped_site){
			.offset = start,
			.length = length,
			.kind = jump ? KPATCH_SITE_JUMP : KPATCH_SITE_NOPS,
		};
	}
}

/* NOPs in what alternatives replace. */
static void add_nops(void)
{
	size_t nr = nr_found;

	for (size_t n = 0; n < nr; n++) {
		uint64_t address = found[n].address;
		size_t size = found[n].site.length, i = 0, start, length;
		const unsigned char *code = at(address, size);

		if (found[n].site.kind != KPATCH_SITE_ALTERNATIVE || !code)
			continue;
		while ((length = next_rewritten(code, size, &i, &start))) {
			if (code[start] != 0xe9)
				add(address + start, length, KPATCH_SITE_NOPS, 0);
		}
	}
}

/* struct alt_instr has 14 bytes since Linux 6.3, 12 before. */
static void add_alternative(uint64_t entry, size_t entry_size, size_t nr_others)
{
	const unsigned char *bytes = at(entry, entry_size);
	uint64_t site = entry + int_at(entry), from = entry + 4 + int_at(entry + 4);
	bool direct_call = entry_size == 14 && bytes[10] & 2;
	unsigned int length = bytes[entry_size - 2], other = bytes[entry_size - 1];
	struct found *last = nr_found ? &found[nr_found - 1] : NULL;
	struct form form = { .length = other };

	if (direct_call) {
		add(site, length, KPATCH_SITE_PARAVIRT, 0);
		return;
	}
	if (other)
		memcpy(form.bytes, at(from, other), other);
	move(form.bytes, other, (int64_t)(from - site));
	if (!last || last->address != site || last->site.kind != KPATCH_SITE_ALTERNATIVE)
		last = add(site, length, KPATCH_SITE_ALTERNATIVE, 0);
	if (length > last->site.length)
		last->site.length = length;
	add_form(last, form.bytes, other);
	add_fields(last, from, nr_others);
	add_rewritten_fields(&last->forms[last->site.nr - 1]);
}

static void add_alternatives(size_t entry_size)
{
	uint64_t end = symbol("__alt_instructions_end");
	size_t others = nr_found;

	for (uint64_t e = symbol("__alt_instructions"); e + entry_size <= end; e += entry_size)
		add_alternative(e, entry_size, others);
	add_nops();
}

static void add_jump_labels(void)
{
	uint64_t end = symbol("__stop___jump_table");

	for (uint64_t e = symbol("__start___jump_table"); e < end; e += 16) {
		uint64_t site = e + int_at(e), target = e + 4 + int_at(e + 4);
		const unsigned char *code = at(site, 5);
		unsigned int length = 5;
		unsigned char jump[5] = { 0xe9 };
		struct found *where;
		int32_t distance;

		if (!code)
			continue;
		if (code[0] == 0xeb || code[0] == 0x66)
			length = 2;
		distance = (int32_t)(target - site - length);
		if (length == 2)
			jump[0] = 0xeb;
		memcpy(jump + 1, &distance, length - 1);
		where = add(site, length, KPATCH_SITE_JUMP_LABEL, 0);
		add_form(where, jump, length);
		add_form(where, (const unsigned char *)"", 0);
	}
}

static unsigned int insn_length(uint64_t address)
{
	const unsigned char *code = at(address, 15);
	ZydisDecodedInstruction insn;

	if (!code || ZYAN_FAILED(ZydisDecoderDecodeInstruction(&decoder, NULL, code, 15, &insn)))
		return 5;
	return insn.length;
}

static unsigned int thunk_register(uint64_t site, unsigned int length, uint64_t thunks)
{
	uint64_t target = site + length + int_at(site + length - 4);

	return (target - thunks) / 32 & 15;
}

/* A table of 32-bit distances from each entry. */
static void add_places(const char *start, const char *stop, size_t step, unsigned int kind)
{
	uint64_t thunks = symbol("__x86_indirect_thunk_array");
	uint64_t end = symbol(stop);

	for (uint64_t e = symbol(start); e && e < end; e += step) {
		uint64_t site = e + int_at(e);
		unsigned int length = 4, value = 0;

		if (kind == KPATCH_SITE_LOCK)
			length = 1;
		if (kind == KPATCH_SITE_RETPOLINE || kind == KPATCH_SITE_RETURN ||
		    kind == KPATCH_SITE_STATIC_CALL || kind == KPATCH_SITE_CALL)
			length = insn_length(site);
		if (kind == KPATCH_SITE_RETPOLINE)
			value = thunk_register(site, length, thunks);
		add(site, length, kind, value);
	}
}

static void add_mcount(void)
{
	uint64_t end = symbol("__stop_mcount_loc");

	for (uint64_t e = symbol("__start_mcount_loc"); e < end; e += 8) {
		const unsigned char *bytes = at(e, 8);
		uint64_t site;

		if (!bytes)
			errx(1, "mcount");
		memcpy(&site, bytes, 8);
		add(site, 5, KPATCH_SITE_FTRACE, 0);
	}
}

/* struct paravirt_patch_site, until Linux 6.7 */
static void add_paravirt(void)
{
	uint64_t end = symbol("__parainstructions_end");

	for (uint64_t e = symbol("__parainstructions"); e && e < end; e += 16) {
		const unsigned char *bytes = at(e, 16);
		uint64_t site;

		memcpy(&site, bytes, 8);
		add(site, bytes[9], KPATCH_SITE_PARAVIRT, 0);
	}
}

/* __start_runtime_ptr_NAME to __stop_runtime_ptr_NAME, and so with shift. */
static void add_constants(const char *start, unsigned int length)
{
	GElf_Shdr header;
	Elf_Data *data = symbols(&header);
	GElf_Sym sym;

	for (int i = 0; gelf_getsym(data, i, &sym); i++) {
		const char *name = elf_strptr(elf, header.sh_link, sym.st_name);
		char stop[256];
		uint64_t end;

		if (!name || strncmp(name, start, strlen(start)) != 0)
			continue;
		snprintf(stop, sizeof(stop), "__stop%s", name + strlen("__start"));
		end = symbol(stop);
		for (uint64_t e = sym.st_value; e < end; e += 4)
			add(e + int_at(e), length, KPATCH_SITE_CONSTANT, 0);
	}
}

static int compare_found(const void *first, const void *second)
{
	const struct found *a = first, *b = second;

	if (a->address != b->address)
		return a->address < b->address ? -1 : 1;
	return (a->site.length < b->site.length) - (a->site.length > b->site.length);
}

static int compare_functions(const void *first, const void *second)
{
	const struct function *a = first, *b = second;
	int by_name = strcmp(a->name, b->name);

	return by_name ? by_name : (a->address > b->address) - (a->address < b->address);
}

static size_t read_functions(struct function **functions, uint64_t from, uint64_t to)
{
	GElf_Shdr header;
	Elf_Data *data = symbols(&header);
	size_t count = 0;
	GElf_Sym sym;

	*functions = NULL;
	for (int i = 0; gelf_getsym(data, i, &sym); i++) {
		const char *name = elf_strptr(elf, header.sh_link, sym.st_name);

		bool is_code = GELF_ST_TYPE(sym.st_info) == STT_FUNC && sym.st_value >= from &&
			       sym.st_value + sym.st_size <= to;

		if (!name || sym.st_shndx == SHN_UNDEF || GELF_ST_TYPE(sym.st_info) == STT_FILE)
			continue;
		/* the trampolines of static calls are no functions that anybody replaces */
		if (strncmp(name, "__SCT__", strlen("__SCT__")) == 0)
			is_code = false;
		*functions = grow(*functions, count, sizeof(**functions));
		(*functions)[count++] =
			(struct function){ sym.st_value, is_code ? sym.st_size : 0, name };
	}
	qsort(*functions, count, sizeof(**functions), compare_functions);
	return count;
}

/* Names that occur once only: which one of several the kernel means is not the question here. */
static bool is_single(const struct function *functions, size_t count, size_t i)
{
	return (i == 0 || strcmp(functions[i - 1].name, functions[i].name) != 0) &&
	       (i + 1 == count || strcmp(functions[i + 1].name, functions[i].name) != 0);
}

struct output {
	unsigned char *data;
	size_t size, room;
};

static uint32_t put(struct output *out, const void *data, size_t size)
{
	size_t start = (out->size + 7) & ~(size_t)7;

	if (start + size + 8 > out->room) {
		out->room = 2 * (start + size + 4096);
		out->data = realloc(out->data, out->room);
		if (!out->data)
			err(1, "memory");
	}
	memset(out->data + out->size, 0, start - out->size);
	memcpy(out->data + start, data, size);
	out->size = start + size;
	return start;
}

static void put_forms(struct output *out, const struct found *where,
		      struct kpatch_shipped_site *site)
{
	struct kpatch_shipped_form forms[FORMS_MAX] = { 0 };

	*site = where->site;
	if (site->nr > FORMS_MAX)
		errx(1, "too many forms");
	for (uint32_t i = 0; i < site->nr; i++) {
		forms[i].length = where->forms[i].length;
		forms[i].bytes = put(out, where->forms[i].bytes, forms[i].length);
		forms[i].nr_fields = where->forms[i].nr_fields;
		forms[i].fields = put(out, where->forms[i].fields,
				      forms[i].nr_fields * sizeof(where->forms[i].fields[0]));
	}
	site->data = site->nr ? put(out, forms, site->nr * sizeof(forms[0])) : 0;
}

static void write_record(const struct function *function)
{
	struct kpatch_shipped_record record = { .magic = KPATCH_SHIPPED_MAGIC,
						.version = KPATCH_SHIPPED_VERSION,
						.flags = KPATCH_SHIPPED_PROVEN,
						.code_size = function->size,
						.address = function->address };
	struct kpatch_shipped_site *sites = NULL;
	struct output out = { .data = NULL };
	size_t first = first_site(function->address, nr_found), count = 0;

	put(&out, &record, sizeof(record));
	record.object = put(&out, "vmlinux", 8);
	record.name = put(&out, function->name, strlen(function->name) + 1);
	record.function = record.name;
	record.code = put(&out, at(function->address, function->size), function->size);
	for (size_t i = first;
	     i < nr_found && found[i].address < function->address + function->size; i++) {
		sites = grow(sites, count, sizeof(*sites));
		put_forms(&out, &found[i], &sites[count]);
		sites[count++].offset = found[i].address - function->address;
	}
	record.nr_sites = count;
	record.sites = count ? put(&out, sites, count * sizeof(*sites)) : 0;
	put(&out, "", 0);
	out.size = (out.size + 7) & ~(size_t)7;
	record.record_size = out.size;
	memcpy(out.data, &record, sizeof(record));
	fwrite(out.data, 1, out.size, stdout);
	free(out.data);
	free(sites);
}

static void find_sites(void)
{
	add_mcount();
	add_jump_labels();
	add_places("__start_static_call_sites", "__stop_static_call_sites", 8,
		   KPATCH_SITE_STATIC_CALL);
	add_paravirt();
	add_places("__retpoline_sites", "__retpoline_sites_end", 4, KPATCH_SITE_RETPOLINE);
	add_places("__return_sites", "__return_sites_end", 4, KPATCH_SITE_RETURN);
	add_places("__smp_locks", "__smp_locks_end", 4, KPATCH_SITE_LOCK);
	add_places("__ibt_endbr_seal", "__ibt_endbr_seal_end", 4, KPATCH_SITE_ENDBR);
	add_places("__call_sites", "__call_sites_end", 4, KPATCH_SITE_CALL);
	add_constants("__start_runtime_ptr_", 8);
	add_constants("__start_runtime_shift_", 1);
	qsort(found, nr_found, sizeof(*found), compare_found);
	add_alternatives(symbol("__call_sites") ? 14 : 12);
	qsort(found, nr_found, sizeof(*found), compare_found);
}

int main(int argc, char **argv)
{
	struct function *functions;
	size_t count;
	int fd = argc == 2 ? open(argv[1], O_RDONLY) : -1;

	elf_version(EV_CURRENT);
	elf = fd < 0 ? NULL : elf_begin(fd, ELF_C_READ_MMAP, NULL);
	if (!elf)
		errx(1, "use: shipped-records VMLINUX");
	ZydisDecoderInit(&decoder, ZYDIS_MACHINE_MODE_LONG_64, ZYDIS_STACK_WIDTH_64);
	find_sites();
	count = read_functions(&functions, symbol("_text"), symbol("_etext"));
	for (size_t i = 0; i < count; i++)
		if (functions[i].size && is_single(functions, count, i))
			write_record(&functions[i]);
	return 0;
}
