/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LIB_BUILD_ID_H
#define LIB_BUILD_ID_H

#include <stddef.h>

/*
 * The GNU build-id in the ELF notes at @notes (@size bytes, notes aligned to four bytes, as in
 * /sys/kernel/notes and in an SHT_NOTE section), as lower-case hexadecimal digits.
 *
 * Returns a string that the caller frees; NULL with errno ENOENT when there is no such note, or
 * with ENOMEM. Damaged notes end the search, they are never read past @size. The note is that of
 * ld(1) --build-id: name "GNU", type NT_GNU_BUILD_ID (elf.h).
 */
char *build_id_from_notes(const void *notes, size_t size);

#endif /* LIB_BUILD_ID_H */
