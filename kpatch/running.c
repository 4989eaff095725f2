// SPDX-License-Identifier: GPL-2.0-only
/* Where things of the object files are in the running kernel. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "kpatch/cleanup.h"
#include "kpatch/files.h"
#include "kpatch/message.h"
#include "kpatch/running.h"

const struct running_files running_files = {
	.kcore = KCORE_FILE,
	.kallsyms = KALLSYMS_FILE,
	.kprobes = PROBES_FILE,
	.modules = "/sys/module",
};

static bool is_vmlinux(const char *object)
{
	return strcmp(object, "vmlinux") == 0;
}

static void want_targets(const struct shipped_record *record,
			 const struct kpatch_shipped_site *site, struct names *wanted)
{
	for (uint32_t i = 0; i < site->nr; i++) {
		struct kpatch_shipped_target target = shipped_target(record, site, i);

		if (!target.section)
			names_add(wanted, shipped_string(record, target.name));
	}
}

static void want_fields(const struct shipped_record *record, const struct kpatch_shipped_site *site,
			struct names *wanted)
{
	for (uint32_t i = 0; i < site->nr; i++) {
		struct kpatch_shipped_form form = shipped_form(record, site, i);

		for (uint32_t f = 0; f < form.nr_fields; f++) {
			struct kpatch_shipped_site field = shipped_field(record, &form, f);

			if (field.kind == KPATCH_SITE_RELOCATION)
				want_targets(record, &field, wanted);
		}
	}
}

static void want_names(const struct shipped_record *record, struct names *wanted)
{
	names_add(wanted, record->name);
	for (uint32_t i = 0; record->sites && i < record->header.nr_sites; i++) {
		const struct kpatch_shipped_site *site = &record->sites[i];

		if (site->kind == KPATCH_SITE_RELOCATION)
			want_targets(record, site, wanted);
		if (site->kind == KPATCH_SITE_ALTERNATIVE || site->kind == KPATCH_SITE_JUMP_LABEL)
			want_fields(record, site, wanted);
	}
}

static bool read_symbols(struct running *running, const struct shipped_records *records)
{
	const char *path = running->files->kallsyms;
	_cleanup_(names_free) struct names wanted = { 0 };

	for (size_t i = 0; i < records->count; i++)
		want_names(&records->items[i], &wanted);
	if (!kallsyms_read(&running->symbols, path, &wanted)) {
		error("addresses-hidden",
		      "the kernel's addresses cannot be read: %s: %s; a kernel without "
		      "CONFIG_KALLSYMS cannot be verified",
		      path, strerror(errno));
		return false;
	}
	if (!running->symbols.hidden)
		return true;
	error("addresses-hidden",
	      "the kernel's addresses cannot be read: %s shows none, for want of the "
	      "capability CAP_SYSLOG or since kernel.kptr_restrict is 2: run it with sudo, or "
	      "set that to 1",
	      path);
	return false;
}

bool running_open(struct running *running, const struct running_files *files,
		  const struct shipped_records *records)
{
	*running = (struct running){ .files = files, .kcore = { .fd = -1 } };
	if (!kcore_open(&running->kcore, files->kcore) || !read_symbols(running, records))
		return false;
	probes_read(&running->probes, files->kprobes);
	return true;
}

void running_close(struct running *running)
{
	kcore_close(&running->kcore);
	kallsyms_free(&running->symbols);
	probes_free(&running->probes);
}

bool running_has_object(const struct running *running, const char *object)
{
	return is_vmlinux(object) || path_exists("%s/%s", running->files->modules, object);
}

/* find_random_virt_addr() in arch/x86/boot/compressed/kaslr.c: CONFIG_PHYSICAL_ALIGN is no less. */
#define LARGE_PAGE 0x200000

/* All of vmlinux is moved by one distance, in steps of a large page. */
static bool check_distance(struct running *running, uint64_t file, uint64_t address, char **problem)
{
	uint64_t distance = address - file;

	if (running->moved ? distance == running->distance : distance % LARGE_PAGE == 0) {
		running->moved = true;
		running->distance = distance;
		return true;
	}
	*problem = print_string("it is at 0x%" PRIx64 ", and not where its kernel's file says",
				address);
	return false;
}

/*
 * In vmlinux, the code of the records before it tells by how much the image was moved. Of a module
 * the others of that name were in code that is freed when it has started: one is left then.
 */
static bool find_without_position(const struct running *running,
				  const struct shipped_record *record, uint64_t *address,
				  char **problem)
{
	bool found = is_vmlinux(record->object)
			     ? running->moved
			     : kallsyms_find(&running->symbols, record->object, record->name, 0,
					     address) == KALLSYMS_FOUND;

	if (is_vmlinux(record->object))
		*address = record->header.address + running->distance;
	if (!found)
		*problem = print_string("when the patch was made it was not known which of the "
					"symbols of that name it is");
	return found;
}

bool running_find(struct running *running, const struct shipped_record *record, uint64_t *address,
		  char **problem)
{
	if (record->header.flags & KPATCH_SHIPPED_NO_POSITION)
		return find_without_position(running, record, address, problem);
	switch (kallsyms_find(&running->symbols, record->object, record->name,
			      record->header.sympos, address)) {
	case KALLSYMS_NONE:
		*problem = print_string("the running kernel does not have it");
		return false;
	case KALLSYMS_SEVERAL:
		*problem = print_string("the running kernel has several functions of that name");
		return false;
	case KALLSYMS_FOUND:
		break;
	}
	return !is_vmlinux(record->object) ||
	       check_distance(running, record->header.address, *address, problem);
}

/* "0xffffffffc0000000", or only zeros where addresses are hidden. */
static bool find_section(const struct running *running, const char *object, const char *name,
			 uint64_t *address)
{
	_cleanup_free_ char *line = NULL;
	char *end;

	if (strchr(name, '/') || strchr(object, '/') || name[0] == '\0')
		return false;
	line = read_line("%s/%s/sections/%s", running->files->modules, object, name);
	if (!line)
		return false;
	*address = strtoull(line, &end, 16);
	return end != line && *end == '\0' && *address != 0;
}

static bool find_symbol(const struct running *running, const struct shipped_record *record,
			const struct kpatch_shipped_target *target, uint64_t *address)
{
	const char *name = shipped_string(record, target->name);
	const struct kallsyms *symbols = &running->symbols;

	switch (kallsyms_find(symbols, record->object, name, target->sympos, address)) {
	case KALLSYMS_FOUND:
		return true;
	case KALLSYMS_SEVERAL:
		return false;
	case KALLSYMS_NONE:
		break;
	}
	/* with a position it is the object's own: one of that name elsewhere is another one */
	if (target->sympos)
		return false;
	return kallsyms_find_exported(symbols, record->object, name, address) == KALLSYMS_FOUND;
}

bool running_find_target(const struct running *running, const struct shipped_record *record,
			 const struct kpatch_shipped_target *target, uint64_t *address,
			 char **problem)
{
	const char *name = shipped_string(record, target->name);

	if (target->section ? find_section(running, record->object, name, address)
			    : find_symbol(running, record, target, address))
		return true;
	*problem = print_string("it refers to %s %s, and the running kernel does not tell where "
				"that is",
				target->section ? "the section" : "the symbol", name);
	return false;
}
