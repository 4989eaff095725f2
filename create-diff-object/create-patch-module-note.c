// SPDX-License-Identifier: GPL-2.0-only
/*
 * The note that tells whoever wants to remove the module what may have kept an address in it. Of
 * a loaded module the kernel shows the notes (kernel/module/sysfs.c, add_notes_attrs(), Linux 6.1),
 * and its .modinfo no more.
 */
#include "create-patch-module.h"

#include <stdlib.h>

#include "util.h"

#define ALIGNED(size) (((size) + 3) & ~(size_t)3)

/* The name in a line KPATCH_OUTLIVES_KEY=NAME, or NULL. */
static const char *outliving(const char *line)
{
	const char *key = KPATCH_OUTLIVES_KEY "=";

	return has_prefix(line, key) ? line + strlen(key) : NULL;
}

static size_t names_size(const struct request *request)
{
	size_t size = 0;

	for (size_t i = 0; i < request->nr_modinfo; i++) {
		const char *name = outliving(request->modinfo[i]);

		size += name ? strlen(name) + 1 : 0;
	}
	return size;
}

void write_note(struct module *module, const struct request *request)
{
	Elf64_Nhdr header = {
		.n_namesz = sizeof(KPATCH_NOTE_NAME),
		.n_descsz = names_size(request),
		.n_type = KPATCH_NOTE_OUTLIVES,
	};
	size_t start = sizeof(header) + ALIGNED(sizeof(KPATCH_NOTE_NAME));
	size_t size = start + ALIGNED((size_t)header.n_descsz);
	uint8_t *data, *pos;

	if (!header.n_descsz)
		return;
	data = xcalloc(size, 1);
	memcpy(data, &header, sizeof(header));
	memcpy(data + sizeof(header), KPATCH_NOTE_NAME, sizeof(KPATCH_NOTE_NAME));
	pos = data + start;
	for (size_t i = 0; i < request->nr_modinfo; i++) {
		const char *name = outliving(request->modinfo[i]);

		if (name)
			pos = mempcpy(pos, name, strlen(name) + 1);
	}
	module_add_section(module, KPATCH_NOTE_SECTION, SHT_NOTE, SHF_ALLOC, data, size)
		->shdr.sh_addralign = 4;
}
