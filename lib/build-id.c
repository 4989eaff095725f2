// SPDX-License-Identifier: GPL-2.0-only
/* The build-id of a kernel or a module. */
#include <elf.h>
#include <errno.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>

#include "lib/build-id.h"

static char *to_hex(const unsigned char *bytes, size_t size)
{
	static const char digits[] = "0123456789abcdef";
	char *hex = malloc(2 * size + 1);

	if (!hex)
		return NULL;
	for (size_t i = 0; i < size; i++) {
		hex[2 * i] = digits[bytes[i] >> 4];
		hex[2 * i + 1] = digits[bytes[i] & 15];
	}
	hex[2 * size] = '\0';
	return hex;
}

char *build_id_from_notes(const void *notes, size_t size)
{
	Elf_Data data = {
		.d_buf = (void *)notes,
		.d_type = ELF_T_NHDR,
		.d_version = EV_CURRENT,
		.d_size = size,
	};
	size_t next, name, desc, offset = 0;
	const char *base = notes;
	GElf_Nhdr note;

	while ((next = gelf_getnote(&data, offset, &note, &name, &desc)) > 0) {
		if (note.n_type == NT_GNU_BUILD_ID && note.n_descsz > 0 &&
		    note.n_namesz == sizeof(ELF_NOTE_GNU) &&
		    memcmp(base + name, ELF_NOTE_GNU, sizeof(ELF_NOTE_GNU)) == 0)
			return to_hex((const unsigned char *)base + desc, note.n_descsz);
		offset = next;
	}
	errno = ENOENT;
	return NULL;
}
