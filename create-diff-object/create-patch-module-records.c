// SPDX-License-Identifier: GPL-2.0-only
/* The records that create-diff-object and the glue wrote: what they must hold. */
#include "create-patch-module.h"

#include <inttypes.h>
#include <stdlib.h>

#include "kmod/core/always-active.h"
#include "util.h"

/* A replaced function or a callback, as far as two of them can collide. */
struct record {
	const char *kind; /* the section it is a row of */
	const char *name; /* "" for a callback */
	const char *object;
	uint64_t sympos;
};

struct records {
	struct record *rows;
	size_t count, max;
};

/* The names that kernel/livepatch/core.c, klp_resolve_symbols(), can take apart. */
static void check_object_name(struct module *module, const char *name)
{
	if (!*name || strchr(name, '.'))
		fatal("record-malformed", "%s: '%s' is not the name of a kernel object",
		      module->path, name);
	if (strlen(name) >= module->facts.module_name_size)
		refuse(module, "name-too-long",
		       "the module name %s is longer than the %" PRIu64 " characters that this "
		       "kernel's livepatch code "
		       "reads",
		       name, module->facts.module_name_size - 1);
}

static void check_bind(struct module *module, const struct symbol *symbol)
{
	const struct bind *bind = &symbol->bind;
	bool own = !strcmp(bind->object, "vmlinux"), load = !strcmp(bind->target, "vmlinux");

	check_object_name(module, bind->object);
	check_object_name(module, bind->target);
	if (!*bind->name || strchr(bind->name, ','))
		fatal("record-malformed", "%s: '%s' is not a symbol's name", module->path,
		      bind->name);
	if (strlen(bind->name) >= module->facts.ksym_name_size)
		refuse(module, "name-too-long",
		       "symbol %s of %s: its name is longer than the %" PRIu64 " characters that "
		       "this kernel's "
		       "livepatch code "
		       "reads",
		       bind->name, bind->object, module->facts.ksym_name_size - 1);
	/*
	 * The kernel refuses a symbol of vmlinux in a module's section, and could not
	 * find a module's symbol while it loads the patch module without that module.
	 */
	if (own != load)
		fatal("record-malformed", "%s: symbol %s of %s cannot be bound when %s is loaded",
		      module->path, bind->name, bind->object, bind->target);
}

static bool same_bind(const struct bind *a, const struct bind *b)
{
	return !strcmp(a->name, b->name) && !strcmp(a->object, b->object) &&
	       !strcmp(a->target, b->target) && a->sympos == b->sympos;
}

static void bind_symbol(struct module *module, const Elf64_Rela *rela, const struct bind *bind)
{
	struct symbol *symbol = rela ? &module->symbols[ELF64_R_SYM(rela->r_info)] : NULL;

	if (!symbol || symbol == module->symbols || rela->r_addend)
		fatal("record-malformed", "%s: a record has no symbol to bind to %s", module->path,
		      bind->name);
	if (symbol->sym.st_shndx != SHN_UNDEF)
		refuse(module, "symbol-ambiguous",
		       "symbol %s is to be bound to %s of %s, but another object of the patch "
		       "defines it; rename the new one",
		       symbol->name, bind->name, bind->object);
	else if (symbol->bound && !same_bind(&symbol->bind, bind))
		refuse(module, "symbol-ambiguous",
		       "symbol %s is to be bound to two things: %s of %s, and %s of %s",
		       symbol->name, symbol->bind.name, symbol->bind.object, bind->name,
		       bind->object);
	if (symbol->bound || symbol->sym.st_shndx != SHN_UNDEF)
		return;
	symbol->bound = true;
	symbol->bind = *bind;
	check_bind(module, symbol);
}

/* Remember for each symbol in .kpatch.bind what it stands for. */
void bind_symbols(struct module *module)
{
	const struct rows rows =
		module_rows(module, KPATCH_BIND_SECTION, sizeof(struct kpatch_bind_record));

	for (size_t i = 0; i < rows.count; i++) {
		const Elf64_Rela **row = row_relas(&rows, i);
		struct bind bind = {
			.name = rela_string(module, row[1], "name"),
			.object = rela_string(module, row[2], "object"),
			.target = rela_string(module, row[3], "target"),
			.sympos = row_word(&rows, i, offsetof(struct kpatch_bind_record, sympos)),
			.name_rela = row[1],
			.object_rela = row[2],
			.target_rela = row[3],
		};

		bind_symbol(module, row[0], &bind);
	}
}

/* There is one operation for a patch, not one for each module that comes. */
static void check_core_object(struct module *module, const struct record *record)
{
	if (module->core && !*record->name && strcmp(record->object, "vmlinux"))
		refuse(module, "module-unsupported",
		       "the module %s has a %s callback: the core module calls those of the kernel "
		       "itself only; move it to a file of the kernel, or use the livepatch back "
		       "end",
		       record->object, record->kind + strlen(KPATCH_CALLBACKS_PREFIX));
}

static bool is_always_active(const char *name)
{
	for (size_t i = 0; i < sizeof(always_active) / sizeof(always_active[0]); i++)
		if (!strcmp(name, always_active[i]))
			return true;
	return false;
}

/* The core module refuses it as well, when it is loaded; livepatch switches one task at a time. */
static void check_always_active(struct module *module, const struct record *record)
{
	if (module->core && !strcmp(record->object, "vmlinux") && is_always_active(record->name))
		refuse(module, "always-active",
		       "some task is in %s() at all times, so the core module cannot replace it; "
		       "patch its callers or what it calls",
		       record->name);
}

static void add_record(struct module *module, struct records *records, const struct record *record)
{
	check_core_object(module, record);
	check_always_active(module, record);
	check_object_name(module, record->object);
	grow(records->rows, records->count, records->max);
	records->rows[records->count++] = *record;
}

static void check_code(struct module *module, const struct section *section, const Elf64_Rela *rela)
{
	uint32_t shndx = rela ? module->symbols[ELF64_R_SYM(rela->r_info)].sym.st_shndx : 0;

	if (!shndx || shndx >= module->nr_sections ||
	    !(module->sections[shndx].shdr.sh_flags & SHF_EXECINSTR))
		fatal("record-malformed", "%s: section %s: a record has no code to call",
		      module->path, section->name);
}

static void read_funcs(struct module *module, struct records *records)
{
	const struct rows rows =
		module_rows(module, KPATCH_FUNCS_SECTION, sizeof(struct kpatch_func_record));

	for (size_t i = 0; i < rows.count; i++) {
		const Elf64_Rela **row = row_relas(&rows, i);
		struct record record = {
			.kind = rows.section->name,
			.name = rela_string(module, row[1], "function name"),
			.object = rela_string(module, row[2], "object"),
			.sympos = row_word(&rows, i, offsetof(struct kpatch_func_record, sympos)),
		};

		check_code(module, rows.section, row[0]);
		add_record(module, records, &record);
	}
}

static void read_callbacks(struct module *module, const char *name, struct records *records)
{
	const struct rows rows = module_rows(module, name, sizeof(struct kpatch_callback_record));

	for (size_t i = 0; i < rows.count; i++) {
		const Elf64_Rela **row = row_relas(&rows, i);
		struct record record = {
			.kind = rows.section->name,
			.name = "",
			.object = rela_string(module, row[1], "object"),
		};

		check_code(module, rows.section, row[0]);
		add_record(module, records, &record);
	}
}

static const char *const callbacks[] = {
	KPATCH_PRE_PATCH_SECTION,
	KPATCH_POST_PATCH_SECTION,
	KPATCH_PRE_UNPATCH_SECTION,
	KPATCH_POST_UNPATCH_SECTION,
};

static const char *const core_callbacks[] = {
	KPATCH_CHECK_PATCH_SECTION,   KPATCH_APPLY_PATCH_SECTION,   KPATCH_FAIL_PATCH_SECTION,
	KPATCH_CHECK_UNPATCH_SECTION, KPATCH_APPLY_UNPATCH_SECTION, KPATCH_FAIL_UNPATCH_SECTION,
};

static void check_duplicate(struct module *module, const struct records *records, size_t index)
{
	const struct record *b = &records->rows[index];

	for (size_t i = 0; i < index; i++) {
		const struct record *a = &records->rows[i];

		if (strcmp(a->kind, b->kind) || strcmp(a->name, b->name) ||
		    strcmp(a->object, b->object) || a->sympos != b->sympos)
			continue;
		if (*b->name)
			refuse(module, "function-duplicate",
			       "function %s of %s is replaced twice; give each source file once",
			       b->name, b->object);
		else
			refuse(module, "callback-duplicate",
			       "%s has two %s callbacks, and the kernel calls one of a kind; merge "
			       "them into one function",
			       b->object, b->kind + strlen(KPATCH_CALLBACKS_PREFIX));
		return;
	}
}

/* The kernel applies relocations for objects that the patch changes, for no others. */
static void check_targets(struct module *module, const struct records *records)
{
	for (size_t i = 1; i < module->nr_symbols; i++) {
		const struct symbol *symbol = &module->symbols[i];
		size_t row = 0;

		if (!symbol->bound || !strcmp(symbol->bind.target, "vmlinux"))
			continue;
		while (row < records->count &&
		       strcmp(records->rows[row].object, symbol->bind.target))
			row++;
		if (row == records->count)
			refuse(module, "module-unchanged",
			       "%s uses %s of the module %s, in which the patch replaces no "
			       "function, so that the kernel would never bind it; leave that code "
			       "out of the patch",
			       first_use(module, i), symbol->bind.name, symbol->bind.target);
	}
}

/* They would never be called by the kernel's livepatch core. */
static void read_core_callbacks(struct module *module, const char *name, struct records *records)
{
	size_t before = records->count;

	read_callbacks(module, name, records);
	if (records->count != before && !module->core)
		refuse(module, "callback-unsupported",
		       "the patch has a %s callback, which only the core module calls; use "
		       "kpatch-build --backend core",
		       name + strlen(KPATCH_CALLBACKS_PREFIX));
}

/* For the core module, which reads them in core_find(). */
static void check_inactive(struct module *module)
{
	const struct rows rows =
		module_rows(module, KPATCH_INACTIVE_SECTION, sizeof(struct kpatch_inactive_record));

	for (size_t i = 0; i < rows.count; i++) {
		const Elf64_Rela **row = row_relas(&rows, i);
		const char *name = rela_string(module, row[0], "name");
		const char *object = rela_string(module, row[1], "object");

		if (!module->core)
			refuse(module, "inactive-unsupported",
			       "%s must not be active (KPATCH_INACTIVE), and only the core module "
			       "sees to that; use kpatch-build --backend core",
			       name);
		else if (strcmp(object, "vmlinux"))
			refuse(module, "module-unsupported",
			       "%s in the module %s must not be active (KPATCH_INACTIVE): the core "
			       "module sees to that for functions of the kernel itself only",
			       name, object);
		else if (is_always_active(name))
			refuse(module, "always-active",
			       "some task is in %s() at all times, so the patch could never be "
			       "applied while that must not be active (KPATCH_INACTIVE); name its "
			       "callers that matter",
			       name);
	}
}

/* Check what the glue will tell the kernel's livepatch core, or the core module. */
void check_records(struct module *module)
{
	struct records records = { 0 };

	read_funcs(module, &records);
	for (size_t i = 0; i < sizeof(callbacks) / sizeof(callbacks[0]); i++)
		read_callbacks(module, callbacks[i], &records);
	for (size_t i = 0; i < sizeof(core_callbacks) / sizeof(core_callbacks[0]); i++)
		read_core_callbacks(module, core_callbacks[i], &records);
	if (!records.count)
		fatal("nothing-to-patch",
		      "%s: holds no replaced function and no callback; join it with the output of "
		      "create-diff-object",
		      module->path);
	for (size_t i = 1; i < records.count; i++)
		check_duplicate(module, &records, i);
	check_targets(module, &records);
	check_inactive(module);
	free(records.rows);
}
