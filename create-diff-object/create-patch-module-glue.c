// SPDX-License-Identifier: GPL-2.0-only
/*
 * What modpost's *.mod.c would hold (Linux scripts/mod/modpost.c, 6.1 and 6.12) beyond what
 * the precompiled glue brings, and what the glue wants to know.
 */
#include "create-patch-module.h"

#include "kmod/patch/kpatch-shipped.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "util.h"

#define THIS_MODULE ".gnu.linkonce.this_module"

static struct section *glue_section(struct module *module, const char *name)
{
	struct section *section = module_section(module, name);

	if (!section || !section->data)
		fatal("glue-missing",
		      "%s: has no section %s; join the diff objects with the kpatch-glue.o of the "
		      "target kernel",
		      module->path, name);
	return section;
}

static bool inside(uint64_t offset, uint64_t size, uint64_t whole)
{
	return size && size <= whole && offset <= whole - size;
}

/*
 * Take the facts of the target kernel out of the glue, and see that it is whole. Without
 * objtool static branches keep a jump that the kernel takes for corrupted code, and the
 * livepatch core finds no reliable stack.
 */
void read_glue(struct module *module)
{
	struct kpatch_facts *facts = &module->facts;
	const struct section *section = glue_section(module, KPATCH_FACTS_SECTION);
	uint64_t this_size = glue_section(module, THIS_MODULE)->size;

	if (section->size != sizeof(*facts) ||
	    glue_section(module, KPATCH_INFO_SECTION)->size != sizeof(struct kpatch_info))
		fatal("glue-mismatch",
		      "%s: its kpatch-glue.o was made by another version of kpatch; compile the "
		      "glue anew",
		      module->path);
	memcpy(facts, section->data, sizeof(*facts));
	glue_section(module, ".modinfo");
	if (!inside(facts->module_name_offset, facts->module_name_size, this_size) ||
	    !inside(facts->modversion_name_offset, 1, facts->modversion_size) ||
	    facts->modversion_name_offset < sizeof(uint64_t) || facts->modversion_size > 65536 ||
	    !facts->ksym_name_size || !inside(facts->alt_length_offset, 1, facts->alt_size))
		fatal("glue-mismatch", "%s: section %s makes no sense; compile the glue anew",
		      module->path, KPATCH_FACTS_SECTION);
	if (facts->orc && !module_section(module, ".orc_unwind"))
		fatal("objtool-missing",
		      "%s: has no unwind tables; run the target kernel's objtool over the joined "
		      "object first",
		      module->path);
}

size_t parse_build_id(const char *hex, unsigned char *bytes, size_t max)
{
	size_t length = strlen(hex);

	if (!length || length % 2 || length / 2 > max ||
	    strspn(hex, "0123456789abcdefABCDEF") != length)
		fatal("build-id-malformed",
		      "'%s' is not a build-id; give the hexadecimal digits of the "
		      "GNU build-id note",
		      hex);
	for (size_t i = 0; i < length / 2; i++)
		sscanf(hex + 2 * i, "%2hhx", &bytes[i]);
	return length / 2;
}

/* linux/once.h: the call that ends a DO_ONCE() */
static bool uses_once(const struct module *module)
{
	for (size_t i = 1; i < module->nr_symbols; i++) {
		const char *name = module->symbols[i].name;

		if (!strcmp(name, "__do_once_done") || !strcmp(name, "__do_once_sleepable_done"))
			return true;
	}
	return false;
}

/* Tell the glue its kernel and the kind of patch, and give the module its name. */
void fill_glue(struct module *module, const struct request *request)
{
	struct section *this_module = glue_section(module, THIS_MODULE);
	uint8_t *name = this_module->data + module->facts.module_name_offset;
	struct kpatch_info info = { .replace = !request->non_replace, .once = uses_once(module) };

	if (strlen(request->name) >= module->facts.module_name_size)
		refuse(module, "name-too-long",
		       "the module name %s is longer than the %" PRIu64 " characters that this "
		       "kernel allows; choose a "
		       "shorter one",
		       request->name, module->facts.module_name_size - 1);
	else
		strncpy((char *)name, request->name, module->facts.module_name_size);
	info.build_id_size =
		parse_build_id(request->build_id, info.build_id, sizeof(info.build_id));
	memcpy(glue_section(module, KPATCH_INFO_SECTION)->data, &info, sizeof(info));
}

static void add_modinfo(struct section *modinfo, const char *key, const char *value)
{
	size_t size = strlen(key) + strlen(value) + 2;

	modinfo->data = xrealloc(modinfo->data, modinfo->size + size, 1);
	snprintf((char *)modinfo->data + modinfo->size, size, "%s=%s", key, value);
	modinfo->size += size;
}

/* True if an earlier symbol has the same module (or namespace, with @ns). */
static bool seen_before(const struct module *module, size_t index, bool ns)
{
	const struct exported *exported = &module->symbols[index].exported;

	for (size_t i = 1; i < index; i++) {
		const struct exported *other = &module->symbols[i].exported;

		if (other->found &&
		    !strcmp(ns ? other->ns : other->module, ns ? exported->ns : exported->module))
			return true;
	}
	return false;
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* The modules whose exports are used, for modprobe, in the order of the symbols. */
static const char *dependencies(struct module *module)
{
	const char *list = "";

	for (size_t i = 1; i < module->nr_symbols; i++) {
		const struct exported *exported = &module->symbols[i].exported;

		if (exported->found && strcmp(exported->module, "vmlinux") &&
		    !seen_before(module, i, false))
			list = module_string(module, "%s%s%s", list, *list ? "," : "",
					     base_name(exported->module));
	}
	return list;
}

/*
 * Functions that the differ was told to carry without a proof, one line each: nobody shall take
 * the module for one that was compared with the shipped code.
 */
static void add_unproven(struct module *module, struct section *modinfo)
{
	const struct section *section = module_section(module, KPATCH_SHIPPED_SECTION);
	struct kpatch_shipped_record record;
	const uint8_t *data;
	size_t left;

	if (!section)
		return;
	data = section->data;
	for (left = data ? section->size : 0; left;
	     left -= record.record_size, data += record.record_size) {
		if (left < sizeof(record))
			memset(&record, 0, sizeof(record));
		else
			memcpy(&record, data, sizeof(record));
		if (record.magic != KPATCH_SHIPPED_MAGIC || record.record_size < sizeof(record) ||
		    record.record_size > left || record.function >= record.record_size ||
		    !memchr(data + record.function, 0, record.record_size - record.function))
			fatal("record-malformed",
			      "%s: section %s is damaged; make the diff objects again",
			      module->path, KPATCH_SHIPPED_SECTION);
		if (!(record.flags & KPATCH_SHIPPED_PROVEN))
			add_modinfo(modinfo, "kpatch_unproven",
				    (const char *)data + record.function);
	}
}

/* Append what modpost appends to .modinfo, the build-id, and what the user asked for. */
void write_modinfo(struct module *module, const struct request *request)
{
	struct section *modinfo = glue_section(module, ".modinfo");

	add_modinfo(modinfo, "depends", dependencies(module));
	add_modinfo(modinfo, "name", request->name);
	add_unproven(module, modinfo);
	for (size_t i = 1; i < module->nr_symbols; i++) {
		const struct exported *exported = &module->symbols[i].exported;

		if (exported->found && *exported->ns && !seen_before(module, i, true))
			add_modinfo(modinfo, "import_ns", exported->ns);
	}
	for (size_t i = 0; i < request->nr_modinfo; i++) {
		const char *value = strchr(request->modinfo[i], '=') + 1;
		char *key = xasprintf("%.*s", (int)(value - 1 - request->modinfo[i]),
				      request->modinfo[i]);

		add_modinfo(modinfo, key, value);
		free(key);
	}
}

static void add_version(struct module *module, uint8_t *row, const char *name,
			const struct exported *exported)
{
	uint64_t crc = exported->crc;
	uint64_t room = module->facts.modversion_size - module->facts.modversion_name_offset;

	if (strlen(name) >= room) {
		refuse(module, "name-too-long",
		       "the exported symbol %s is longer than the %" PRIu64 " characters that a "
		       "symbol version can "
		       "have; use another "
		       "function",
		       name, room - 1);
		return;
	}
	memcpy(row, &crc, sizeof(crc));
	memcpy(row + module->facts.modversion_name_offset, name, strlen(name));
}

/*
 * Write __versions, which the loader compares with the exports it finds (kernel/module/
 * version.c). The row of module_layout stands for struct module itself.
 */
void write_versions(struct module *module)
{
	uint64_t size = module->facts.modversion_size;
	size_t count = 1;
	uint8_t *rows;

	if (!module->facts.modversions)
		return;
	if (!module->layout.found)
		fatal("symvers-malformed", "Module.symvers does not name module_layout, but the "
					   "target kernel checks symbol versions; give the target "
					   "kernel's own file");
	rows = xcalloc(module->nr_symbols + 1, size);
	add_version(module, rows, "module_layout", &module->layout);
	for (size_t i = 1; i < module->nr_symbols; i++)
		if (module->symbols[i].exported.found)
			add_version(module, rows + size * count++, module->symbols[i].name,
				    &module->symbols[i].exported);
	module_add_section(module, "__versions", SHT_PROGBITS, SHF_ALLOC, rows, count * size);
}
