/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KPATCH_BUILD_ID_H
#define KPATCH_BUILD_ID_H

#include "kpatch-compat.h"

#include <linux/align.h>
#include <linux/elf.h>
#include <linux/string.h>
#include <linux/types.h>

/*
 * kpatch_find_build_id - the description of the note that holds a build-id, NULL: there is none
 *
 * @pos, @end: notes, as the kernel's linker script gathers them between __start_notes and
 * __stop_notes; *@size: bytes of the build-id.
 */
static inline const u8 *kpatch_find_build_id(const char *pos, const char *end, size_t *size)
{
	while (end - pos >= (ptrdiff_t)sizeof(struct elf64_note)) {
		const struct elf64_note *note = (const void *)pos;
		size_t left = end - pos - sizeof(*note);
		size_t name_size = ALIGN((size_t)note->n_namesz, 4);
		size_t desc_size = ALIGN((size_t)note->n_descsz, 4);
		const char *name = pos + sizeof(*note);

		if (name_size > left || desc_size > left - name_size)
			break;
		if (note->n_type == NT_GNU_BUILD_ID && note->n_namesz == sizeof("GNU") &&
		    !memcmp(name, "GNU", sizeof("GNU"))) {
			*size = note->n_descsz;
			return (const u8 *)name + name_size;
		}
		pos = name + name_size + desc_size;
	}
	return NULL;
}

#endif /* KPATCH_BUILD_ID_H */
