// SPDX-License-Identifier: GPL-2.0-only
/*
 * Patch modules for the core module: doc/core-module.md. What the livepatch core would look up by
 * name when the module is loaded is found in the vmlinux file here.
 */
#include "create-patch-module.h"
#include "create-patch-module-vmlinux.h"

#include <inttypes.h>
#include <stdlib.h>

#include "part-names.h"
#include "util.h"

/* A symbol of vmlinux whose address is wanted. */
struct wish {
	const char *name;
	uint64_t sympos;
	uint64_t address, size;
	bool found;
	struct bind *bind; /* to be told, or NULL */
	const Elf64_Rela *name_rela; /* of the record of a function, or NULL */
	bool inactive; /* that is not replaced: all of that name */
};

struct wishes {
	struct wish *rows;
	size_t count, max;
};

/* Code beside the replaced functions: their unlikely parts, and what must not be active either. */
struct part {
	uint64_t address, size;
	const Elf64_Rela *name_rela;
	bool both_ways;
};

struct parts {
	struct part *rows;
	size_t count, max;
};

static int compare_wishes(const void *a, const void *b)
{
	return strcmp(((const struct wish *)a)->name, ((const struct wish *)b)->name);
}

static void add_wish(struct wishes *wishes, const struct wish *wish)
{
	grow(wishes->rows, wishes->count, wishes->max);
	wishes->rows[wishes->count++] = *wish;
}

static void wish_inactive(struct module *module, struct wishes *wishes)
{
	const struct rows rows =
		module_rows(module, KPATCH_INACTIVE_SECTION, sizeof(struct kpatch_inactive_record));

	for (size_t i = 0; i < rows.count; i++) {
		const Elf64_Rela *name = row_relas(&rows, i)[0];

		add_wish(wishes, &(struct wish){ .name = rela_string(module, name, "name"),
						 .name_rela = name,
						 .inactive = true });
	}
}

/* Of the kernel itself: the symbols that are bound, and the replaced functions. */
static void make_wishes(struct module *module, struct wishes *wishes)
{
	const struct rows funcs =
		module_rows(module, KPATCH_FUNCS_SECTION, sizeof(struct kpatch_func_record));

	for (size_t i = 1; i < module->nr_symbols; i++) {
		struct symbol *symbol = &module->symbols[i];

		if (symbol->bound && !strcmp(symbol->bind.object, "vmlinux"))
			add_wish(wishes, &(struct wish){ .name = symbol->bind.name,
							 .sympos = symbol->bind.sympos,
							 .bind = &symbol->bind });
	}
	for (size_t i = 0; i < funcs.count; i++) {
		const Elf64_Rela **row = row_relas(&funcs, i);
		const char *name = rela_string(module, row[1], "function name");

		if (strcmp(rela_string(module, row[2], "object"), "vmlinux"))
			continue;
		add_wish(wishes,
			 &(struct wish){
				 .name = name,
				 .sympos = row_word(&funcs, i,
						    offsetof(struct kpatch_func_record, sympos)),
				 .name_rela = row[1] });
	}
	wish_inactive(module, wishes);
}

/* The first wish of that name, or NULL. */
static struct wish *find_wish(const struct wishes *wishes, const char *name)
{
	struct wish key = { .name = name };
	struct wish *wish;

	if (!wishes->count)
		return NULL;
	wish = bsearch(&key, wishes->rows, wishes->count, sizeof(key), compare_wishes);
	while (wish && wish > wishes->rows && !strcmp(wish[-1].name, name))
		wish--;
	return wish;
}

static struct wish *next_wish(const struct wishes *wishes, struct wish *wish)
{
	struct wish *next = wish + 1;

	return next < wishes->rows + wishes->count && !strcmp(next->name, wish->name) ? next : NULL;
}

/* What search_vmlinux() works on. */
struct search {
	struct module *module;
	const struct wishes *wishes;
	struct parts parts;
	uint64_t image_begin, image_end; /* what is moved as a whole at boot */
};

static void grant(const struct wishes *wishes, const struct vmlinux_symbol *sym)
{
	for (struct wish *wish = find_wish(wishes, sym->name); wish;
	     wish = next_wish(wishes, wish)) {
		if (wish->inactive || wish->found || vmlinux_position(sym) != wish->sympos)
			continue;
		wish->found = true;
		wish->address = sym->address;
		wish->size = sym->size;
	}
}

static void add_part(struct search *search, const struct vmlinux_symbol *sym,
		     const struct wish *wish)
{
	struct parts *parts = &search->parts;

	grow(parts->rows, parts->count, parts->max);
	parts->rows[parts->count++] =
		(struct part){ sym->address, sym->size, wish->name_rela, wish->inactive };
}

/* @sym belongs to each replaced function called @name. */
static void add_part_of(struct search *search, const struct vmlinux_symbol *sym, const char *name)
{
	for (struct wish *wish = find_wish(search->wishes, name); wish;
	     wish = next_wish(search->wishes, wish))
		if (wish->name_rela)
			add_part(search, sym, wish);
}

/*
 * "f.cold" and "f.cold.N" belong to a function f. Which of several functions of that name cannot
 * be told from the symbol, so each has all of them: a task there blocks in vain at worst.
 */
static void look_at_cold(struct search *search, const struct vmlinux_symbol *sym)
{
	const char *cold = strstr(sym->name, ".cold");
	char *name;

	if (!cold || (cold[5] && cold[5] != '.'))
		return;
	name = xasprintf("%.*s", (int)(cold - sym->name), sym->name);
	add_part_of(search, sym, name);
	free(name);
}

/*
 * "f.part.0", "f.constprop.1.isra.0" and what is cut from them are f, too, where that must not be
 * active: f may have left for one of them by a jump.
 */
static void look_at_clone(struct search *search, const struct vmlinux_symbol *sym)
{
	const char *start = sym->name;
	size_t n = parent_length(&start);
	char *name;

	if (start != sym->name || !sym->name[n] || has_prefix(sym->name + n, ".cold"))
		return;
	name = xasprintf("%.*s", (int)n, sym->name);
	for (struct wish *wish = find_wish(search->wishes, name); wish;
	     wish = next_wish(search->wishes, wish))
		if (wish->inactive)
			add_part(search, sym, wish);
	free(name);
}

/*
 * The body of a system call (Linux arch/x86/include/asm/syscall_wrapper.h). Its entries can end in
 * a jump to it, and KPATCH_SYSCALL_DEFINEn replaces the entries: who is in it has left them.
 */
static void look_at_body(struct search *search, const struct vmlinux_symbol *sym)
{
	static const struct {
		const char *body, *entries[2];
	} calls[] = {
		{ "__do_sys_", { "__x64_sys_", "__ia32_sys_" } },
		{ "__se_sys_", { "__x64_sys_", "__ia32_sys_" } },
		{ "__do_compat_sys_", { "__x64_compat_sys_", "__ia32_compat_sys_" } },
		{ "__se_compat_sys_", { "__x64_compat_sys_", "__ia32_compat_sys_" } },
	};

	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		const char *call = sym->name + strlen(calls[i].body);

		if (!has_prefix(sym->name, calls[i].body))
			continue;
		for (size_t j = 0; j < 2; j++) {
			char *name = xasprintf("%s%.*s", calls[i].entries[j],
					       (int)strcspn(call, "."), call);

			add_part_of(search, sym, name);
			free(name);
		}
	}
}

static void look_at_function(struct search *search, const struct vmlinux_symbol *sym)
{
	look_at_cold(search, sym);
	look_at_clone(search, sym);
	look_at_body(search, sym);
	for (struct wish *wish = find_wish(search->wishes, sym->name); wish;
	     wish = next_wish(search->wishes, wish)) {
		if (!wish->inactive)
			continue;
		wish->found = true;
		add_part(search, sym, wish);
	}
}

static void look_at(void *context, const struct vmlinux_symbol *sym)
{
	struct search *search = context;

	if (!strcmp(sym->name, "_text"))
		search->image_begin = sym->address;
	else if (!strcmp(sym->name, "_end"))
		search->image_end = sym->address;
	else if (!strcmp(sym->name, KPATCH_ANCHOR_NAME) && sym->global)
		search->module->anchor_address = sym->address;
	if (sym->function)
		look_at_function(search, sym);
	if (sym->in_kernel)
		grant(search->wishes, sym);
}

static void search_vmlinux(struct search *search, const char *path)
{
	uint64_t anchor;

	vmlinux_each(path, look_at, search);
	anchor = search->module->anchor_address;
	if (!search->image_begin || anchor < search->image_begin || anchor >= search->image_end)
		fatal("not-a-vmlinux",
		      "%s: has no _text, _end and " KPATCH_ANCHOR_NAME " between them; give the "
		      "target kernel's unstripped "
		      "vmlinux",
		      path);
}

static void tell_missing(const struct search *search, const struct wish *wish, const char *path)
{
	if (wish->inactive)
		refuse(search->module, "inactive-missing",
		       "%s: has no function %s, which must not be active (KPATCH_INACTIVE); if it "
		       "is "
		       "part of its callers, name these",
		       path, wish->name);
	else
		fatal("not-in-vmlinux",
		      "%s: has no symbol %s, number %" PRIu64 "; give the vmlinux that the "
		      "diff objects were made for",
		      path, wish->name, wish->sympos);
}

static void tell_binds(const struct search *search, const char *path)
{
	for (size_t i = 0; i < search->wishes->count; i++) {
		const struct wish *wish = &search->wishes->rows[i];

		if (!wish->found)
			tell_missing(search, wish, path);
		if (!wish->bind)
			continue;
		wish->bind->address = wish->address;
		wish->bind->absolute = wish->address < search->image_begin ||
				       wish->address > search->image_end;
	}
}

static Elf64_Rela anchored(const struct module *module, uint64_t offset, uint64_t address)
{
	return (Elf64_Rela){ .r_offset = offset,
			     .r_info = ELF64_R_INFO((uint64_t)module->anchor, R_X86_64_64),
			     .r_addend = (int64_t)(address - module->anchor_address) };
}

struct places {
	uint8_t *data;
	Elf64_Rela *relas;
	size_t count, nr_relas;
};

/* @address 0: not in the kernel itself. */
static void add_place(const struct module *module, struct places *places, uint64_t address,
		      uint64_t size, const Elf64_Rela *name, uint64_t both_ways)
{
	uint64_t begin = places->count * sizeof(struct kpatch_place_record);
	uint64_t to_address = begin + offsetof(struct kpatch_place_record, address);
	uint64_t to_name = begin + offsetof(struct kpatch_place_record, name);

	if (address)
		places->relas[places->nr_relas++] = anchored(module, to_address, address);
	places->relas[places->nr_relas] = *name;
	places->relas[places->nr_relas++].r_offset = to_name;
	memcpy(places->data + begin + offsetof(struct kpatch_place_record, size), &size,
	       sizeof(size));
	memcpy(places->data + begin + offsetof(struct kpatch_place_record, both_ways), &both_ways,
	       sizeof(both_ways));
	places->count++;
}

/* The wish that a record of a function became: they are sorted by name now. NULL: of a module. */
static const struct wish *wish_of(const struct wishes *wishes, const Elf64_Rela *name_rela)
{
	for (size_t i = 0; i < wishes->count; i++)
		if (wishes->rows[i].name_rela == name_rela)
			return &wishes->rows[i];
	return NULL;
}

/* Relocations for a section that has none; @relas is taken over. */
static void add_relas(struct module *module, uint32_t index, Elf64_Rela *relas, size_t count)
{
	const char *name = module_string(module, ".rela%s", module->sections[index].name);
	struct section *rela = module_add_section(module, name, SHT_RELA, SHF_INFO_LINK, relas,
						  count * sizeof(*relas));

	rela->shdr.sh_entsize = sizeof(*relas);
	rela->shdr.sh_info = index;
	module->sections[index].rela = section_index(module, rela);
}

/* Write .kpatch.places (struct kpatch_place_record). */
static void write_places(struct module *module, const struct wishes *wishes,
			 const struct parts *parts)
{
	const struct rows funcs =
		module_rows(module, KPATCH_FUNCS_SECTION, sizeof(struct kpatch_func_record));
	size_t max = funcs.count + parts->count;
	struct places places = {
		.data = xcalloc(max + 1, sizeof(struct kpatch_place_record)),
		.relas = xcalloc(2 * max + 1, sizeof(*places.relas)),
	};
	const struct section *section;

	for (size_t i = 0; i < funcs.count; i++) {
		const Elf64_Rela *name = row_relas(&funcs, i)[1];
		const struct wish *wish = wish_of(wishes, name);

		if (wish)
			add_place(module, &places, wish->address, wish->size, name, 0);
		else
			add_place(module, &places, 0,
				  row_word(&funcs, i,
					   offsetof(struct kpatch_func_record, old_size)),
				  name, 0);
	}
	for (size_t i = 0; i < parts->count; i++)
		add_place(module, &places, parts->rows[i].address, parts->rows[i].size,
			  parts->rows[i].name_rela, parts->rows[i].both_ways);
	section = module_add_section(module, KPATCH_PLACES_SECTION, SHT_PROGBITS, SHF_ALLOC,
				     places.data, max * sizeof(struct kpatch_place_record));
	add_relas(module, section_index(module, section), places.relas, places.nr_relas);
}

static void find_anchor(struct module *module)
{
	for (size_t i = 1; i < module->nr_symbols && !module->anchor; i++)
		if (module->symbols[i].sym.st_shndx == SHN_UNDEF &&
		    !strcmp(module->symbols[i].name, KPATCH_ANCHOR_NAME))
			module->anchor = i;
	if (!module->anchor)
		fatal("glue-missing",
		      "%s: does not refer to " KPATCH_ANCHOR_NAME "; join the diff objects with "
		      "the kpatch-glue-core.o of the "
		      "target kernel",
		      module->path);
}

/*
 * Find in @vmlinux what the patch refers to and replaces, and write down where no task
 * may be when the core module switches.
 */
void core_find(struct module *module, const char *vmlinux)
{
	struct wishes wishes = { 0 };
	struct search search = { .module = module, .wishes = &wishes };

	find_anchor(module);
	make_wishes(module, &wishes);
	if (!module->refusals) {
		if (wishes.count)
			qsort(wishes.rows, wishes.count, sizeof(*wishes.rows), compare_wishes);
		search_vmlinux(&search, vmlinux);
		tell_binds(&search, vmlinux);
		write_places(module, &wishes, &search.parts);
		/* The rows come when it is settled which sections stay: core_defer(). */
		module_add_section(module, KPATCH_RELOCS_SECTION, SHT_PROGBITS, SHF_ALLOC, NULL, 0);
	}
	free(wishes.rows);
	free(search.parts.rows);
}

/*
 * For each "kpatch_module_build_id=NAME:HEX" of the module information a row of .kpatch.modules,
 * which the core module compares with the module that it finds.
 */
void core_add_modules(struct module *module, const struct request *request)
{
	static const char key[] = "kpatch_module_build_id=";
	struct kpatch_module_record *rows = xcalloc(request->nr_modinfo + 1, sizeof(*rows));
	size_t count = 0;

	for (size_t i = 0; i < request->nr_modinfo; i++) {
		struct kpatch_module_record *row = &rows[count];
		const char *name, *colon;

		if (strncmp(request->modinfo[i], key, strlen(key)) != 0)
			continue;
		name = request->modinfo[i] + strlen(key);
		colon = strchr(name, ':');
		if (!colon || colon == name || colon - name >= (ptrdiff_t)sizeof(row->name))
			fatal("usage", "'%s': not NAME:BUILD-ID", request->modinfo[i]);
		memcpy(row->name, name, (size_t)(colon - name));
		row->build_id_size =
			parse_build_id(colon + 1, row->build_id, sizeof(row->build_id));
		count++;
	}
	module_add_section(module, KPATCH_MODULES_SECTION, SHT_PROGBITS, SHF_ALLOC, rows,
			   (count + 1) * sizeof(*rows));
}

void core_relocate(struct module *module, Elf64_Rela *rela)
{
	uint32_t index = ELF64_R_SYM(rela->r_info);
	struct symbol *symbol = &module->symbols[index];

	if (!symbol->bind.absolute) {
		rela->r_info = ELF64_R_INFO((uint64_t)module->anchor, ELF64_R_TYPE(rela->r_info));
		rela->r_addend += (int64_t)(symbol->bind.address - module->anchor_address);
		symbol->used = false;
		return;
	}
	symbol->sym.st_shndx = SHN_ABS;
	symbol->sym.st_value = symbol->bind.address;
	symbol->sym.st_info = ELF64_ST_INFO(STB_LOCAL, ELF64_ST_TYPE(symbol->sym.st_info));
}

/* Any symbol of a section, for a relocation to a place in it. */
static uint32_t symbol_in(const struct module *module, uint32_t index)
{
	for (size_t i = 1; i < module->nr_symbols; i++)
		if (module->symbols[i].sym.st_shndx == index)
			return i;
	fatal("record-malformed", "%s: section %s has no symbol, but refers to a module",
	      module->path, module->sections[index].name);
}

/* Room for one row more, of zeroes. */
static uint8_t *add_reloc_row(struct section *section)
{
	section->data =
		xrealloc(section->data, section->size + sizeof(struct kpatch_reloc_record), 1);
	section->size += sizeof(struct kpatch_reloc_record);
	return memset(section->data + section->size - sizeof(struct kpatch_reloc_record), 0,
		      sizeof(struct kpatch_reloc_record));
}

void core_defer(struct module *module, uint32_t index, const Elf64_Rela *rela)
{
	struct symbol *symbol = &module->symbols[ELF64_R_SYM(rela->r_info)];
	struct section *section = module_section(module, KPATCH_RELOCS_SECTION);
	uint64_t begin = section ? section->size : 0;
	uint32_t holder = symbol_in(module, index);
	struct kpatch_reloc_record record = { .sympos = symbol->bind.sympos,
					      .type = ELF64_R_TYPE(rela->r_info),
					      .addend = (uint64_t)rela->r_addend };
	Elf64_Rela links[] = {
		{ .r_info = ELF64_R_INFO((uint64_t)holder, R_X86_64_64),
		  .r_addend = (int64_t)(rela->r_offset - module->symbols[holder].sym.st_value) },
		*symbol->bind.name_rela,
		*symbol->bind.object_rela,
		*symbol->bind.target_rela,
	};
	const size_t nr_links = sizeof(links) / sizeof(links[0]);

	if (!section) /* a refusal came first */
		return;
	memcpy(add_reloc_row(section), &record, sizeof(record));
	links[0].r_offset = begin + offsetof(struct kpatch_reloc_record, place);
	links[1].r_offset = begin + offsetof(struct kpatch_reloc_record, name);
	links[2].r_offset = begin + offsetof(struct kpatch_reloc_record, object);
	links[3].r_offset = begin + offsetof(struct kpatch_reloc_record, target);
	module->deferred =
		xrealloc(module->deferred, module->nr_deferred + nr_links, sizeof(links[0]));
	memcpy(module->deferred + module->nr_deferred, links, sizeof(links));
	module->nr_deferred += nr_links;
	symbol->used = false;
}

void core_close_relocs(struct module *module)
{
	struct section *section = module_section(module, KPATCH_RELOCS_SECTION);

	if (!section)
		return;
	add_reloc_row(section);
	if (module->nr_deferred)
		add_relas(module, section_index(module, section), module->deferred,
			  module->nr_deferred);
}
