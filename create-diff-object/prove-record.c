// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is kept of the shipped code of a function: its bytes, and the places where memory may
 * differ from them, since the kernel writes there when it starts, when a module is loaded, and as
 * it runs (arch/x86/kernel/alternative.c, Linux 6.1).
 */
#include "prove-record.h"
#include "arch/arch.h"
#include "kmod/patch/kpatch-shipped.h"
#include "lib/shipped-records.h"
#include "lib/thunk-register.h"
#include "parent.h"
#include "prove.h"
#include "report.h"
#include "tables.h"
#include "util.h"

#include <stdlib.h>

/* What a record is made of; offsets count from its start. */
struct buffer {
	uint8_t *data;
	size_t size, max;
};

struct recorder {
	const struct proof *proof;
	const struct section *sec;
	const struct proven_code *code;
	const uint8_t *bytes; /* the shipped code */
	struct buffer *out;
	size_t start; /* of the record in @out */
	struct kpatch_shipped_site *sites;
	size_t nr, max;
};

static size_t append(struct buffer *out, const void *data, size_t size, size_t align)
{
	size_t at = (out->size + align - 1) / align * align;

	while (out->max < at + size) {
		out->max = out->max ? out->max * 2 : 1024;
		out->data = xrealloc(out->data, out->max, 1);
	}
	memset(out->data + out->size, 0, at - out->size);
	if (size)
		memcpy(out->data + at, data, size);
	out->size = at + size;
	return at;
}

static uint32_t add_data(struct recorder *r, const void *data, size_t size, size_t align)
{
	return (uint32_t)(append(r->out, data, size, align) - r->start);
}

static uint32_t add_string(struct recorder *r, const char *s)
{
	return add_data(r, s, strlen(s) + 1, 1);
}

static struct kpatch_shipped_site *add_site(struct recorder *r, uint64_t offset, uint64_t length,
					    enum kpatch_shipped_kind kind)
{
	grow(r->sites, r->nr, r->max);
	r->sites[r->nr] = (struct kpatch_shipped_site){
		.offset = (uint32_t)offset,
		.length = (uint16_t)length,
		.kind = (uint8_t)kind,
	};
	return &r->sites[r->nr++];
}

/* The instruction that has a relocated branch, and its length on the shipped side. */
static bool branch_site(const struct recorder *r, const struct rela *rela, uint64_t *at,
			uint64_t *length)
{
	uint64_t start = rela->offset - r->code->start;

	while (start && !r->code->twins[start])
		start--;
	if (!r->code->twins[start])
		return false;
	*at = r->code->twins[start] - 1;
	/* without a mnemonic of its own it has the length of the rebuilt one */
	*length = rela->offset + (uint64_t)rela->bias - r->code->start - start;
	return *at + *length <= r->code->size;
}

static void add_branch(struct recorder *r, const struct rela *rela)
{
	const char *name = r->proof->orig->symbols[rela->symbol].name;
	int thunk = thunk_register(name);
	uint64_t at, length;

	if (!branch_site(r, rela, &at, &length))
		return;
	if (has_prefix(name, "__SCT__"))
		add_site(r, at, length, KPATCH_SITE_STATIC_CALL);
	else if (thunk >= 0)
		add_site(r, at, length, KPATCH_SITE_RETPOLINE)->value = (uint8_t)thunk;
	else if (!strcmp(name, "__x86_return_thunk"))
		add_site(r, at, length, KPATCH_SITE_RETURN);
}

/*
 * What the relocation of the whole image changes (arch/x86/tools/relocs.c, Linux 6.1). The symbol
 * counts, not the place: "_text - 0xffffffff81000000" is 0, and the distance that it was moved by
 * when it has moved (kaslr_offset()).
 */
static enum kpatch_shipped_kind image_kind(const struct proof *proof, const struct rela *rela,
					   uint64_t place)
{
	bool inside = shipped_in_image(proof->shipped, place - (uint64_t)rela->target_offset);

	/* a short jump to another function of the section moves with it */
	if (rela->type == R_X86_64_PC8)
		return 0;
	if (arch_x86_64.is_pcrel(rela->type))
		return inside ? 0 : KPATCH_SITE_DISTANCE;
	return inside ? KPATCH_SITE_ADDRESS : 0;
}

static void add_references(struct recorder *r)
{
	const struct rela *rela;
	uint64_t at;

	for_each_rela (r->sec, rela) {
		enum kpatch_shipped_kind kind;

		if (arch_x86_64.is_branch(r->sec, rela)) {
			add_branch(r, rela);
			continue;
		}
		kind = image_kind(r->proof, rela, r->code->places[rela - r->sec->relas]);
		if (shipped_is_vmlinux(r->proof->shipped) && kind &&
		    shipped_offset(r->code, rela->offset, &at))
			add_site(r, at, arch_x86_64.rela_width(rela->type), kind);
	}
}

/* -1: none, as of what goes when the kernel has started and is not among the symbols then. */
static int position_of(const struct recorder *r, const struct shipped_symbol *sym)
{
	const struct parent_symbol *parent =
		parent_numbered(r->proof->diff->parent, sym->name, sym->order);

	return parent ? parent_position(r->proof->diff->parent, parent) : -1;
}

/* A place in a section of the module, as what a field of @type refers to. */
static uint32_t add_place(struct recorder *r, uint32_t type, uint64_t place, int64_t addend)
{
	const struct shipped_section *section = shipped_section(r->proof->shipped, place, 0);
	struct kpatch_shipped_target target = { .type = type, .section = 1 };

	target.addend = (int64_t)(place - section->address) + addend;
	target.name = add_string(r, section->name);
	return add_data(r, &target, sizeof(target), 8);
}

/* All that have its name are at its place: whichever of them is looked up. */
static bool is_unmistakable(const struct shipped *shipped, const struct shipped_symbol *sym)
{
	const struct shipped_symbol *other;

	for (other = shipped_each(shipped, NULL); other; other = shipped_each(shipped, other)) {
		if (!strcmp(other->name, sym->name) && other->address != sym->address)
			return false;
	}
	return true;
}

/* A symbol of the section that tells where it is; or NULL. */
static const struct shipped_symbol *find_in_section(const struct shipped *shipped, uint16_t shndx)
{
	const struct shipped_symbol *sym;

	for (sym = shipped_each(shipped, NULL); sym; sym = shipped_each(shipped, sym)) {
		if (sym->shndx == shndx && sym->type != STT_SECTION && sym->name[0] &&
		    is_unmistakable(shipped, sym))
			return sym;
	}
	return NULL;
}

/*
 * sysfs leaves out an empty section, as of lock classes, which have no size, and that of per-CPU
 * variables, which has no flag SHF_ALLOC by then (sect_empty() in kernel/module/sysfs.c,
 * layout_and_allocate() in kernel/module/main.c, Linux 6.1), while kallsyms has its symbols: any of
 * them tells where it is, and none says that the place is not known.
 */
static uint32_t add_unlisted(struct recorder *r, const struct shipped_symbol *sym,
			     struct kpatch_shipped_target *target)
{
	const struct shipped *shipped = r->proof->shipped;
	const struct shipped_symbol *known = find_in_section(shipped, sym->shndx);

	target->section = !known;
	target->sympos = known != NULL;
	if (known)
		target->addend += (int64_t)(sym->address - known->address);
	target->name = add_string(r, known ? known->name : shipped_section_name(shipped, sym));
	return add_data(r, target, sizeof(*target), 8);
}

/* Whether sysfs tells where it is. */
static bool is_listed(const struct shipped_section *section)
{
	return section && strcmp(section->name, ".data..percpu") != 0;
}

/*
 * By its place where the symbol has one in the module, and is a section's or none that the kernel
 * could find by its name.
 */
static uint32_t add_target(struct recorder *r, const Elf64_Rela *rela)
{
	const struct shipped_symbol *sym =
		shipped_symbol(r->proof->shipped, (uint32_t)ELF64_R_SYM(rela->r_info));
	struct kpatch_shipped_target target = {
		.type = (uint32_t)ELF64_R_TYPE(rela->r_info),
		.addend = rela->r_addend,
	};
	int position = sym ? position_of(r, sym) : 0;
	bool by_place = sym && (sym->type == STT_SECTION || position < 0);

	if (by_place && is_listed(shipped_section(r->proof->shipped, sym->address, 0)))
		return add_place(r, target.type, sym->address, target.addend);
	if (by_place && shipped_section_name(r->proof->shipped, sym))
		return add_unlisted(r, sym, &target);
	target.sympos = position < 0 ? 0 : (uint32_t)position;
	target.name = add_string(r, sym ? sym->name : "");
	return add_data(r, &target, sizeof(target), 8);
}

/* The relocations of a module between two addresses, as sites from @base on. */
static void add_relocations(struct recorder *r, uint64_t address, uint64_t size, uint64_t base)
{
	const struct shipped_section *section =
		size ? shipped_section(r->proof->shipped, address, size) : NULL;
	size_t i;

	for (i = 0; section && i < section->nr_relas; i++) {
		const Elf64_Rela *rela = &section->relas[i];
		uint64_t at = section->address + rela->r_offset;
		struct kpatch_shipped_site *site;
		uint32_t target;

		if (at < address || at >= address + size)
			continue;
		target = add_target(r, rela);
		site = add_site(r, at - address + base,
				arch_x86_64.rela_width((uint32_t)ELF64_R_TYPE(rela->r_info)),
				KPATCH_SITE_RELOCATION);
		site->nr = 1;
		site->data = target;
	}
}

static bool has_site(const struct recorder *r, uint64_t offset, uint64_t length,
		     enum kpatch_shipped_kind kind)
{
	size_t i;

	for (i = 0; i < r->nr; i++) {
		if (r->sites[i].offset == offset && r->sites[i].length == length &&
		    r->sites[i].kind == kind)
			return true;
	}
	return false;
}

/* NOPs, and in a form jumps, in alternative code that begins at @base; several may begin there. */
static void add_rewritten(struct recorder *r, const uint8_t *code, uint64_t size, uint64_t base,
			  bool is_form)
{
	struct rewritten part;
	uint64_t at = 0;

	while (arch_x86_64.next_rewritten(code, size, &at, &part)) {
		enum kpatch_shipped_kind kind = part.jump ? KPATCH_SITE_JUMP : KPATCH_SITE_NOPS;

		if ((is_form || !part.jump) && !has_site(r, base + part.start, part.length, kind))
			add_site(r, base + part.start, part.length, kind);
	}
}

/* The snippet that replaces code at @site, as it is when it stands there. */
static struct kpatch_shipped_form snippet_form(struct recorder *r, uint32_t snippet,
					       uint64_t length, uint64_t site)
{
	const struct section *sec = &r->proof->orig->sections[snippet];
	const struct proven_code *code = r->proof->codes[snippet];
	struct recorder fields = *r;
	struct kpatch_shipped_form form = { .length = (uint32_t)length };
	const struct rela *rela;
	uint8_t *bytes;

	if (!length || !code || length > code->size)
		return form;
	bytes = xcalloc(length, 1);
	memcpy(bytes, shipped_bytes(r->proof->shipped, code->address, length), length);
	fields.sites = NULL;
	fields.nr = fields.max = 0;
	if (!shipped_is_vmlinux(r->proof->shipped))
		add_relocations(&fields, code->address, length, 0);
	for_each_rela (sec, rela) {
		uint64_t place = code->places[rela - sec->relas], at, value;
		size_t width = arch_x86_64.rela_width(rela->type);
		enum kpatch_shipped_kind kind = image_kind(r->proof, rela, place);

		if (!shipped_is_vmlinux(r->proof->shipped) ||
		    !shipped_offset(code, rela->offset, &at) || at + width > length)
			continue;
		if (kind)
			add_site(&fields, at, width, kind);
		value = place - (site + at + (uint64_t)rela->bias);
		if (arch_x86_64.is_pcrel(rela->type))
			memcpy(bytes + at, &value, width);
	}
	add_rewritten(&fields, bytes, length, 0, true);
	form.bytes = add_data(r, bytes, length, 1);
	form.nr_fields = (uint32_t)fields.nr;
	form.fields = fields.nr ? add_data(r, fields.sites, fields.nr * sizeof(*fields.sites), 8)
				: 0;
	free(fields.sites);
	free(bytes);
	return form;
}

/*
 * struct alt_instr (asm/alternative.h, Linux 6.1): lengths at its end. Until 5.12 the length of the
 * padding is behind them. From 6.7 on there are flags before them: bit 1 is ALT_FLAG_DIRECT_CALL, a
 * paravirtual call.
 */
static bool is_direct_call(const struct section *entry)
{
	return entry->size == 14 && entry->data[10] & 2;
}

static void add_alternative(struct recorder *r, const struct section *entry, uint64_t at)
{
	struct kpatch_shipped_form form;
	struct kpatch_shipped_site *site;
	const uint8_t *lengths;
	uint8_t length, with;
	uint32_t data;

	/* smaller ones are not of any kernel */
	if (entry->size < 12)
		return;
	lengths = entry->data + entry->size - (entry->size == 13 ? 3 : 2);
	length = lengths[0];
	with = lengths[1];
	if (is_direct_call(entry)) {
		add_site(r, at, length, KPATCH_SITE_PARAVIRT);
		return;
	}
	form = snippet_form(r, entry->nr_relas > 1 ? entry->relas[1].target : 0, with,
			    r->code->address + at);
	data = add_data(r, &form, sizeof(form), 8);
	site = add_site(r, at, length, KPATCH_SITE_ALTERNATIVE);
	site->nr = 1;
	site->data = data;
	if (at + length <= r->code->size)
		add_rewritten(r, r->bytes + at, length, at, false);
}

/* In a module, the unlikely part is in another section, whose distance the loader chooses. */
static void add_far_jump(struct recorder *r, struct kpatch_shipped_form *jump, uint64_t to)
{
	const struct shipped_section *section = shipped_section(r->proof->shipped, to, 0);
	struct kpatch_shipped_site field = {
		.offset = jump->length - 4,
		.length = 4,
		.kind = KPATCH_SITE_RELOCATION,
		.nr = 1,
	};

	if (shipped_is_vmlinux(r->proof->shipped) || !section ||
	    section == shipped_section(r->proof->shipped, r->code->address, 0))
		return;
	field.data = add_place(r, arch_x86_64.rela_pc32, to, -4);
	jump->nr_fields = 1;
	jump->fields = add_data(r, &field, sizeof(field), 8);
}

static void add_jump_label(struct recorder *r, uint32_t index, uint64_t at)
{
	uint64_t entry = r->proof->sections[index].address, to;
	const struct shipped_field field = {
		.address = entry + 4, .width = 4, .pcrel = true, .end = entry + 4
	};
	struct kpatch_shipped_form forms[2] = { 0 };
	struct kpatch_shipped_site *site;
	struct static_branch branch;
	uint32_t data;

	if (!shipped_refers(r->proof->shipped, &field, &to))
		return;
	arch_x86_64.static_branch(r->bytes + at, r->code->address + at, to, &branch);
	forms[0].length = forms[1].length = (uint32_t)branch.length;
	forms[0].bytes = add_data(r, branch.nop, branch.length, 1);
	forms[1].bytes = add_data(r, branch.jump, branch.length, 1);
	add_far_jump(r, &forms[1], to);
	data = add_data(r, forms, sizeof(forms), 8);
	site = add_site(r, at, branch.length, KPATCH_SITE_JUMP_LABEL);
	site->nr = 2;
	site->data = data;
}

static void add_entry(struct recorder *r, uint32_t index)
{
	const struct section *entry = &r->proof->orig->sections[index];
	const struct written_place *written;
	uint64_t at;

	if (!shipped_offset(r->code, (uint64_t)entry->relas[0].target_offset, &at))
		return;
	for (written = arch_x86_64.written_places; written->table; written++) {
		if (!written->listed && !strcmp(entry->name, written->table))
			add_site(r, at, written->length, written->kind);
	}
	if (!strcmp(entry->name, "__jump_table"))
		add_jump_label(r, index, at);
	else if (!strcmp(entry->name, ".altinstructions"))
		add_alternative(r, entry, at);
	else if (!strcmp(entry->name, ".parainstructions") && entry->size > 9)
		/* struct paravirt_patch_site (asm/paravirt_types.h, Linux 6.1) */
		add_site(r, at, entry->data[9], KPATCH_SITE_PARAVIRT);
}

/* Places that only the shipped kernel tells. */
static void add_listed(struct recorder *r)
{
	const struct written_place *written;
	size_t n, nr;

	for (written = arch_x86_64.written_places; written->table; written++) {
		uint64_t *places;

		if (!written->listed)
			continue;
		places = listed_places(r->proof, written->table, true, r->code, &nr);
		for (n = 0; n < nr; n++)
			add_site(r, places[n] - r->code->address, written->length, written->kind);
		free(places);
	}
}

static void add_sites(struct recorder *r)
{
	uint64_t landing = arch_x86_64.landing_length(r->bytes, r->code->size);
	size_t i;

	if (landing)
		add_site(r, 0, landing, KPATCH_SITE_ENDBR);
	add_references(r);
	if (!shipped_is_vmlinux(r->proof->shipped))
		add_relocations(r, r->code->address, r->code->size, 0);
	for (i = 0; i < r->sec->nr_entries; i++)
		add_entry(r, r->sec->entries[i]);
	add_listed(r);
}

static int by_offset(const void *a, const void *b)
{
	const struct kpatch_shipped_site *sa = a, *sb = b;

	if (sa->offset != sb->offset)
		return sa->offset < sb->offset ? -1 : 1;
	return sa->kind - sb->kind;
}

static void finish(struct recorder *r, struct kpatch_shipped_record *record)
{
	append(r->out, NULL, 0, 8);
	record->record_size = (uint32_t)(r->out->size - r->start);
	memcpy(r->out->data + r->start, record, sizeof(*record));
}

static void set_position(const struct recorder *r, struct kpatch_shipped_record *record)
{
	int position = position_of(r, r->code->symbol);

	if (position < 0)
		record->flags |= KPATCH_SHIPPED_NO_POSITION;
	else
		record->sympos = (uint32_t)position;
}

static void add_record(const struct diff *diff, struct buffer *out, uint32_t index,
		       uint32_t function)
{
	const struct object *orig = &diff->orig;
	struct recorder r = { .proof = diff->proof, .sec = &orig->sections[index], .out = out };
	struct kpatch_shipped_record record = {
		.magic = KPATCH_SHIPPED_MAGIC,
		.version = KPATCH_SHIPPED_VERSION,
		.flags = index == function ? 0 : KPATCH_SHIPPED_PART,
	};

	r.start = append(out, &record, sizeof(record), 8);
	record.object = add_string(&r, diff->parent_name);
	record.function = add_string(&r, section_label(orig, &orig->sections[function]));
	record.name = add_string(&r, section_label(orig, r.sec));
	if (diff->proof && diff->proof->states[index] == PROOF_PROVEN) {
		r.code = diff->proof->codes[index];
		r.bytes = shipped_bytes(r.proof->shipped, r.code->address, r.code->size);
		record.flags |= KPATCH_SHIPPED_PROVEN;
		record.name = add_string(&r, r.code->symbol->name);
		set_position(&r, &record);
		record.code_size = (uint32_t)r.code->size;
		record.address = shipped_is_vmlinux(r.proof->shipped) ? r.code->address : 0;
		record.code = add_data(&r, r.bytes, r.code->size, 1);
		add_sites(&r);
		if (r.nr)
			qsort(r.sites, r.nr, sizeof(*r.sites), by_offset);
		record.nr_sites = (uint32_t)r.nr;
		record.sites = add_data(&r, r.sites, r.nr * sizeof(*r.sites), 8);
	}
	finish(&r, &record);
	free(r.sites);
}

/* What is written here is read on another day, by programs that refuse what they do not expect. */
static void check_readable(const struct diff *diff, uint32_t index, const struct buffer *out)
{
	const struct object *orig = &diff->orig;
	struct shipped_records records;

	if (!shipped_parse(&records, out->data, out->size))
		fatal("internal",
		      "%s: the record of the shipped code of %s cannot be read again: %s: please "
		      "report it; until then, change another function",
		      diff->parent_name, section_label(orig, &orig->sections[index]),
		      records.problem);
	shipped_free(&records);
}

void *shipped_records(const struct diff *diff, uint32_t index, size_t *size)
{
	uint32_t cold = diff->orig.sections[index].cold;
	struct buffer out = { 0 };

	add_record(diff, &out, index, index);
	if (cold && diff->proof && diff->proof->states[cold] == PROOF_PROVEN)
		add_record(diff, &out, cold, index);
	if (!is_refused(diff))
		check_readable(diff, index, &out);
	*size = out.size;
	return out.data;
}
