// SPDX-License-Identifier: GPL-2.0-only
/*
 * Livepatch relocations: Linux Documentation/livepatch/module-elf-format.rst, applied by
 * kernel/livepatch/core.c, klp_apply_section_relocs().
 */
#include "create-patch-module.h"

#include <fnmatch.h>
#include <inttypes.h>
#include <stdlib.h>

#include "util.h"

#define AT_LOAD                                                                               \
	"the kernel reads it when the patch module is loaded, and the other module may come " \
	"later; "

/*
 * Places where a symbol of a module cannot be: the relocation would come after the kernel
 * has used the bytes (kernel/module/main.c and arch/x86/kernel/module.c, 6.1 and 6.12).
 */
static const struct place {
	const char *section; /* pattern of fnmatch(3) */
	const char *id;
	unsigned int code; /* bytes before it there is the relocation to the code, 0: none */
	const char *why;
} places[] = {
	{ "__jump_table", "module-static-key", 8,
	  AT_LOAD "write static_key_enabled(&KEY) for the static branch" },
	{ ".static_call_sites", "module-static-call", 4,
	  AT_LOAD "write KPATCH_STATIC_CALL(NAME)(…) for static_call(NAME)(…)" },
	{ ".altinstructions", "module-alternative", 0,
	  AT_LOAD "move the reference out of the alternative, into a function of its own" },
	{ ".altinstr_replacement", "module-alternative", 0,
	  "the kernel copies it into place when the patch module is loaded, and the other module "
	  "may come later; move the reference out of the alternative, into a function of its own" },
	{ ".parainstructions", "module-alternative", 0,
	  AT_LOAD "move the reference into a function of its own" },
	{ ".init.*", "module-init-code", 0,
	  "the kernel frees it after loading the patch module, and the other module may come "
	  "later; use a callback" },
	{ ".orc_unwind*", "module-table", 0, AT_LOAD "leave the function out of the patch" },
	{ ".re*_sites", "module-table", 0, AT_LOAD "leave the function out of the patch" },
	{ ".call_sites", "module-table", 0, AT_LOAD "leave the function out of the patch" },
	{ ".cfi_sites", "module-table", 0, AT_LOAD "leave the function out of the patch" },
	{ ".ibt_endbr_seal", "module-table", 0, AT_LOAD "leave the function out of the patch" },
	{ ".smp_locks", "module-table", 0, AT_LOAD "leave the function out of the patch" },
	{ ".modinfo", "module-table", 0, AT_LOAD "leave it out of the patch" },
	{ ".gnu.linkonce.this_module", "module-table", 0, AT_LOAD "leave it out of the patch" },
	{ ".kpatch.*", "module-table", 0, AT_LOAD "leave it out of the patch" },
	{ "__ex_table", "module-table", 0, AT_LOAD "leave the function out of the patch" },
	{ "__mcount_loc", "module-table", 0, AT_LOAD "leave the function out of the patch" },
	{ "__patchable_function_entries", "module-table", 0,
	  AT_LOAD "leave the function out of the patch" },
	{ "__ksymtab*", "module-table", 0, AT_LOAD "do not export it from the patch" },
	{ "__param", "module-table", 0, AT_LOAD "do not add a module parameter" },
	{ "__tracepoints_ptrs", "module-table", 0, AT_LOAD "do not add a tracepoint" },
	{ "_ftrace_e*", "module-table", 0, AT_LOAD "do not add a trace event" },
	{ "_kprobe_blacklist", "module-table", 0, AT_LOAD "leave NOKPROBE_SYMBOL() out" },
	{ "_error_injection_whitelist", "module-table", 0,
	  AT_LOAD "leave ALLOW_ERROR_INJECTION() out" },
};

static const char *code_place(struct module *module, const struct section *section, uint64_t offset,
			      unsigned int distance)
{
	size_t count;
	const Elf64_Rela *relas = section_relas(module, section, &count);

	for (size_t i = 0; distance && i < count; i++) {
		const struct symbol *symbol = &module->symbols[ELF64_R_SYM(relas[i].r_info)];

		if (relas[i].r_offset + distance == offset && symbol->sym.st_shndx &&
		    symbol->sym.st_shndx < module->nr_sections)
			return place_name(module, symbol->sym.st_shndx,
					  symbol->sym.st_value + (uint64_t)relas[i].r_addend);
	}
	return place_name(module, section_index(module, section), offset);
}

/*
 * True where an alternative replaces the bytes at @offset of section @index: the first
 * field of struct alt_instr is the distance from itself to the replaced instruction.
 */
static bool in_alternative(struct module *module, uint32_t index, uint64_t offset)
{
	const struct section *alts = module_section(module, ".altinstructions");
	size_t count = 0;
	const Elf64_Rela *relas = alts ? section_relas(module, alts, &count) : NULL;

	for (size_t i = 0; i < count; i++) {
		const struct symbol *symbol = &module->symbols[ELF64_R_SYM(relas[i].r_info)];
		uint64_t begin = symbol->sym.st_value + (uint64_t)relas[i].r_addend;
		uint64_t length = relas[i].r_offset + module->facts.alt_length_offset;

		if (relas[i].r_offset % module->facts.alt_size || symbol->sym.st_shndx != index ||
		    !alts->data || length >= alts->size)
			continue;
		if (offset >= begin && offset - begin < alts->data[length])
			return true;
	}
	return false;
}

static void check_module_symbol(struct module *module, const struct section *section,
				uint64_t offset, const struct bind *bind)
{
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		if (fnmatch(places[i].section, section->name, 0))
			continue;
		refuse(module, places[i].id, "%s uses %s of module %s in section %s: %s",
		       code_place(module, section, offset, places[i].code), bind->name,
		       bind->object, section->name, places[i].why);
		return;
	}
	if (in_alternative(module, section_index(module, section), offset))
		refuse(module, "module-alternative",
		       "%s uses %s of module %s in an instruction that the kernel replaces when "
		       "the patch module is loaded, and that module may come later; move the "
		       "reference out of the alternative, into a function of its own",
		       place_name(module, section_index(module, section), offset), bind->name,
		       bind->object);
}

/*
 * Whether the kernel will be able to apply the relocation. A static call of vmlinux that is
 * not exported needs its key: where objtool saw no key it has taken the trampoline, which
 * the kernel translates for exported ones only (kernel/static_call_inline.c).
 */
static void check_place(struct module *module, const struct section *section, uint64_t offset,
			const struct bind *bind)
{
	if (strcmp(bind->target, "vmlinux"))
		check_module_symbol(module, section, offset, bind);
	else if (!strcmp(section->name, ".static_call_sites") && has_prefix(bind->name, "__SCT__"))
		refuse(module, "static-call-key",
		       "%s calls the static call %s, whose key is not exported and was not bound "
		       "before objtool ran; write KPATCH_STATIC_CALL(%s)(…)",
		       code_place(module, section, offset, 4), bind->name + strlen("__SCT__"),
		       bind->name + strlen("__SCT__"));
}

/*
 * Move the relocations bound to @target from @relas[0 .. *@count) to an array of the same
 * order, which the caller owns.
 */
static Elf64_Rela *take_relas(struct module *module, const char *target, Elf64_Rela *relas,
			      size_t *count, size_t *taken)
{
	Elf64_Rela *out = xcalloc(*count, sizeof(*out));
	size_t left = 0;

	*taken = 0;
	for (size_t i = 0; i < *count; i++) {
		const struct symbol *symbol = &module->symbols[ELF64_R_SYM(relas[i].r_info)];

		if (symbol->bound && !strcmp(symbol->bind.target, target))
			out[(*taken)++] = relas[i];
		else
			relas[left++] = relas[i];
	}
	*count = left;
	return out;
}

/* The target of the first livepatch relocation, or NULL. */
static const char *first_target(struct module *module, const Elf64_Rela *relas, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct symbol *symbol = &module->symbols[ELF64_R_SYM(relas[i].r_info)];

		if (symbol->bound)
			return symbol->bind.target;
	}
	return NULL;
}

static void split_relas(struct module *module, uint32_t index)
{
	struct section *rela = &module->sections[module->sections[index].rela];
	Elf64_Rela *relas = (Elf64_Rela *)rela->data;
	size_t count = rela->size / sizeof(*relas);
	const char *target;

	while ((target = first_target(module, relas, count))) {
		const char *name = module_string(module, ".klp.rela.%s.%s", target,
						 module->sections[index].name);
		size_t taken;
		Elf64_Rela *out = take_relas(module, target, relas, &count, &taken);
		struct section *klp = module_add_section(module, name, SHT_RELA,
							 SHF_ALLOC | KLP_SHF_RELA_LIVEPATCH, out,
							 taken * sizeof(*out));

		klp->shdr.sh_entsize = sizeof(*out);
		klp->shdr.sh_info = index;
	}
	rela = &module->sections[module->sections[index].rela];
	rela->size = count * sizeof(*relas);
	if (!count) {
		rela->keep = false;
		module->sections[index].rela = 0;
	}
}

static bool check_places(struct module *module, const struct section *section)
{
	size_t count;
	const Elf64_Rela *relas = section_relas(module, section, &count);
	bool bound = false;

	for (size_t i = 0; i < count; i++) {
		const struct symbol *symbol = &module->symbols[ELF64_R_SYM(relas[i].r_info)];

		if (!symbol->bound)
			continue;
		check_place(module, section, relas[i].r_offset, &symbol->bind);
		bound = true;
	}
	return bound;
}

/*
 * Before the kernel looks at the module: its loader applies them like any other. Those against
 * symbols of modules wait until these are loaded.
 */
static void relocate_section(struct module *module, uint32_t index)
{
	size_t count, left = 0;
	struct section *rela = &module->sections[module->sections[index].rela];
	Elf64_Rela *relas = section_relas(module, &module->sections[index], &count);

	for (size_t i = 0; i < count; i++) {
		const struct symbol *symbol = &module->symbols[ELF64_R_SYM(relas[i].r_info)];

		if (symbol->bound && strcmp(symbol->bind.target, "vmlinux")) {
			core_defer(module, index, &relas[i]);
			continue;
		}
		if (symbol->bound)
			core_relocate(module, &relas[i]);
		relas[left++] = relas[i];
	}
	rela->size = left * sizeof(*relas);
	if (!left) {
		rela->keep = false;
		module->sections[index].rela = 0;
	}
}

/*
 * Move the relocations against bound symbols to sections .klp.rela.TARGET.SECTION, in the
 * order of the sections they apply to. The kernel ignores relocations of sections that it
 * does not load, so those stay. For the core module they become ordinary ones.
 */
void move_relocations(struct module *module)
{
	size_t count = module->nr_sections;

	for (size_t i = 1; i < count; i++) {
		const struct section *section = &module->sections[i];

		if (!section->keep || !section->rela || !(section->shdr.sh_flags & SHF_ALLOC) ||
		    !check_places(module, section))
			continue;
		if (module->core)
			relocate_section(module, i);
		else
			split_relas(module, i);
	}
	if (module->core)
		core_close_relocs(module);
}
