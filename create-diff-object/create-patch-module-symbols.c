// SPDX-License-Identifier: GPL-2.0-only
/* Which symbols the module needs, and where the kernel's loader will find them. */
#include "create-patch-module.h"

#include <errno.h>
#include <fnmatch.h>
#include <inttypes.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>

#include "util.h"

/* Sections that only the steps up to here, or nobody, need. */
static const char *const helpers[] = {
	KPATCH_BIND_SECTION, KPATCH_FACTS_SECTION, KPATCH_FORCE_SECTION, KPATCH_INACTIVE_SECTION,
	".kpatch.ignore.*",  ".debug_*",	   ".comment",		 ".discard",
	".discard.*",	     ".note.GNU-stack",	   ".llvm_addrsig",
};

const char *place_name(struct module *module, uint32_t section, uint64_t offset)
{
	for (size_t i = 1; i < module->nr_symbols; i++) {
		const struct symbol *symbol = &module->symbols[i];

		if (symbol->sym.st_shndx == section &&
		    ELF64_ST_TYPE(symbol->sym.st_info) == STT_FUNC &&
		    offset >= symbol->sym.st_value &&
		    offset - symbol->sym.st_value < symbol->sym.st_size)
			return module_string(module, "%s+%#" PRIx64, symbol->name,
					     offset - symbol->sym.st_value);
	}
	return module_string(module, "%s+%#" PRIx64, module->sections[section].name, offset);
}

/*
 * Define the symbols through which the glue finds the records. Where there is no
 * section, begin and end are both 0.
 */
void define_bounds(struct module *module)
{
	static const struct {
		const char *symbol, *section;
		bool end;
	} bounds[] = {
		{ "kpatch_funcs_begin", KPATCH_FUNCS_SECTION, false },
		{ "kpatch_funcs_end", KPATCH_FUNCS_SECTION, true },
		{ "kpatch_places_begin", KPATCH_PLACES_SECTION, false },
		{ "kpatch_places_end", KPATCH_PLACES_SECTION, true },
		{ "kpatch_relocs", KPATCH_RELOCS_SECTION, false },
		{ "kpatch_modules", KPATCH_MODULES_SECTION, false },
		{ "kpatch_pre_patch_begin", KPATCH_PRE_PATCH_SECTION, false },
		{ "kpatch_pre_patch_end", KPATCH_PRE_PATCH_SECTION, true },
		{ "kpatch_check_patch_begin", KPATCH_CHECK_PATCH_SECTION, false },
		{ "kpatch_check_patch_end", KPATCH_CHECK_PATCH_SECTION, true },
		{ "kpatch_apply_patch_begin", KPATCH_APPLY_PATCH_SECTION, false },
		{ "kpatch_apply_patch_end", KPATCH_APPLY_PATCH_SECTION, true },
		{ "kpatch_post_patch_begin", KPATCH_POST_PATCH_SECTION, false },
		{ "kpatch_post_patch_end", KPATCH_POST_PATCH_SECTION, true },
		{ "kpatch_fail_patch_begin", KPATCH_FAIL_PATCH_SECTION, false },
		{ "kpatch_fail_patch_end", KPATCH_FAIL_PATCH_SECTION, true },
		{ "kpatch_pre_unpatch_begin", KPATCH_PRE_UNPATCH_SECTION, false },
		{ "kpatch_pre_unpatch_end", KPATCH_PRE_UNPATCH_SECTION, true },
		{ "kpatch_check_unpatch_begin", KPATCH_CHECK_UNPATCH_SECTION, false },
		{ "kpatch_check_unpatch_end", KPATCH_CHECK_UNPATCH_SECTION, true },
		{ "kpatch_apply_unpatch_begin", KPATCH_APPLY_UNPATCH_SECTION, false },
		{ "kpatch_apply_unpatch_end", KPATCH_APPLY_UNPATCH_SECTION, true },
		{ "kpatch_post_unpatch_begin", KPATCH_POST_UNPATCH_SECTION, false },
		{ "kpatch_post_unpatch_end", KPATCH_POST_UNPATCH_SECTION, true },
		{ "kpatch_fail_unpatch_begin", KPATCH_FAIL_UNPATCH_SECTION, false },
		{ "kpatch_fail_unpatch_end", KPATCH_FAIL_UNPATCH_SECTION, true },
	};

	for (size_t i = 1; i < module->nr_symbols; i++) {
		struct symbol *symbol = &module->symbols[i];

		for (size_t j = 0; j < sizeof(bounds) / sizeof(bounds[0]); j++) {
			const struct section *section;

			if (symbol->sym.st_shndx != SHN_UNDEF ||
			    strcmp(symbol->name, bounds[j].symbol))
				continue;
			section = module_section(module, bounds[j].section);
			symbol->sym.st_shndx = section ? section_index(module, section) : SHN_ABS;
			symbol->sym.st_value = section && bounds[j].end ? section->size : 0;
		}
	}
}

static bool is_helper(const struct section *section)
{
	/* Groups have done their work, and the writer makes new symbol and string tables. */
	if (section->shdr.sh_type == SHT_GROUP || section->shdr.sh_type == SHT_SYMTAB ||
	    section->shdr.sh_type == SHT_STRTAB)
		return true;
	for (size_t i = 0; i < sizeof(helpers) / sizeof(helpers[0]); i++)
		if (!fnmatch(helpers[i], section->name, 0))
			return true;
	return false;
}

/*
 * Drop what the module does not need, and see which symbols are used then. An undefined
 * symbol that only a dropped section used would keep the module from loading.
 */
void drop_helpers(struct module *module)
{
	for (size_t i = 1; i < module->nr_sections; i++) {
		struct section *section = &module->sections[i];

		if (is_helper(section)) {
			section->keep = false;
			module->sections[section->rela].keep = false;
		}
		section->shdr.sh_flags &= ~(uint64_t)SHF_GROUP;
	}
	for (size_t i = 1; i < module->nr_sections; i++) {
		size_t count = 0;
		const Elf64_Rela *relas = NULL;

		if (module->sections[i].keep &&
		    strcmp(module->sections[i].name, KPATCH_BIND_SECTION))
			relas = section_relas(module, &module->sections[i], &count);
		for (size_t j = 0; j < count; j++)
			module->symbols[ELF64_R_SYM(relas[j].r_info)].used = true;
	}
}

static bool is_wanted(const struct symbol *symbol)
{
	return symbol->sym.st_shndx == SHN_UNDEF && symbol->used && !symbol->bound;
}

static void enter(struct hsearch_data *table, const char *name, struct exported *exported)
{
	ENTRY entry = { .key = (char *)name, .data = exported }, *found;

	if (!hsearch_r(entry, ENTER, &found, table))
		fatal("no-memory", "out of memory");
}

/*
 * A line is CRC, symbol, module, kind of export and namespace, separated by tabs (Linux
 * scripts/mod/modpost.c, write_dump(), 5.8 and later).
 */
static bool read_line(struct module *module, struct hsearch_data *table, char *line)
{
	char *name, *owner, *kind, *ns, *end, *rest = line;
	ENTRY entry, *found;
	struct exported *exported;

	line[strcspn(line, "\n")] = '\0';
	strsep(&rest, "\t");
	name = strsep(&rest, "\t");
	owner = strsep(&rest, "\t");
	kind = strsep(&rest, "\t");
	ns = strsep(&rest, "\t");
	if (!kind || !*name || !*owner)
		return false;
	entry.key = name;
	if (!hsearch_r(entry, FIND, &found, table))
		return true;
	exported = found->data;
	exported->crc = strtoul(line, &end, 16);
	exported->found = true;
	exported->module = module_string(module, "%s", owner);
	exported->ns = module_string(module, "%s", ns ? ns : "");
	return end != line && !*end;
}

/* Note for each undefined symbol what the target kernel exports under its name. */
void read_symvers(struct module *module, const char *path)
{
	struct hsearch_data table = { 0 };
	FILE *file = fopen(path, "re");
	char *line = NULL;
	size_t size = 0;

	if (!file)
		fatal("cannot-read", "%s: cannot open: %s", path, strerror(errno));
	if (!hcreate_r(module->nr_symbols + 1, &table))
		fatal("no-memory", "out of memory");
	enter(&table, "module_layout", &module->layout);
	for (size_t i = 1; i < module->nr_symbols; i++)
		if (is_wanted(&module->symbols[i]))
			enter(&table, module->symbols[i].name, &module->symbols[i].exported);
	for (size_t number = 1; getline(&line, &size, file) > 0; number++)
		if (!read_line(module, &table, line))
			fatal("symvers-malformed",
			      "%s: line %zu is not a line of a Module.symvers; give the target "
			      "kernel's own file",
			      path, number);
	if (ferror(file))
		fatal("cannot-read", "%s: cannot read: %s", path, strerror(errno));
	free(line);
	hdestroy_r(&table);
	fclose(file);
}

const char *first_use(struct module *module, size_t symbol)
{
	for (size_t i = 1; i < module->nr_sections; i++) {
		size_t count = 0;
		const Elf64_Rela *relas = NULL;

		if (module->sections[i].keep)
			relas = section_relas(module, &module->sections[i], &count);
		for (size_t j = 0; j < count; j++)
			if (ELF64_R_SYM(relas[j].r_info) == symbol)
				return place_name(module, i, relas[j].r_offset);
	}
	return "nothing";
}

/*
 * Refuse undefined symbols that nothing defines. A symbol exported to certain modules only
 * (EXPORT_SYMBOL_FOR_MODULES, Linux 6.16, namespace "module:…") is not exported to a patch
 * module: kernel/module/main.c, verify_module_namespace().
 */
void check_undefined(struct module *module)
{
	for (size_t i = 1; i < module->nr_symbols; i++) {
		struct symbol *symbol = &module->symbols[i];
		const struct exported *exported = &symbol->exported;

		if (!is_wanted(symbol))
			continue;
		if (exported->found && !has_prefix(exported->ns, "module:"))
			continue;
		/* the kernel takes 0 for a weak symbol that nobody has (simplify_symbols()) */
		if (!exported->found && ELF64_ST_BIND(symbol->sym.st_info) == STB_WEAK)
			continue;
		if (exported->found)
			refuse(module, "symbol-unresolved",
			       "%s: symbol %s is exported to certain modules only (%s) and is not "
			       "bound in another way; report this as a fault of create-diff-object",
			       first_use(module, i), symbol->name, exported->ns);
		else
			refuse(module, "symbol-unresolved",
			       "%s: symbol %s is not defined in the patch, not exported by the "
			       "kernel and not bound to a symbol of it; add the source file that "
			       "defines it to the patch, or use another function",
			       first_use(module, i), symbol->name);
	}
}
