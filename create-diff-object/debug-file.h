/* SPDX-License-Identifier: GPL-2.0-only */
/* The debug information of a relocatable object, as libdwarf reads it. */
#ifndef DEBUG_FILE_H
#define DEBUG_FILE_H

#include "object.h"

#include <libdwarf/libdwarf.h>

#define DEBUG_MAX_SECTIONS 16

/* A section of debug information, by libdwarf's own numbers, which start at 1. */
struct debug_section {
	const char *name;
	const uint8_t *raw; /* as the object has it, but not compressed */
	uint8_t *data; /* relocated; made when first read */
	uint64_t size;
	uint32_t index; /* in the object */
};

struct debug_file {
	const struct object *obj;
	struct debug_section sections[DEBUG_MAX_SECTIONS];
	size_t nr;
	char *copy; /* of the file, for what is compressed; NULL: nothing is */
	Elf *elf; /* of the copy */
	Dwarf_Obj_Access_Interface interface;
	Dwarf_Debug dbg; /* NULL: there is no debug information */
};

/*
 * open_debug_file - open the debug information of @obj
 *
 * In an object every section starts at address 0. Relocations are applied as if section
 * N of the file had been placed at debug_address(N, 0), so that an address tells its
 * section. To be called before normalise() cuts the sections. Returns false when there
 * is no debug information. @file has to stay where it is.
 */
bool open_debug_file(struct debug_file *file, const struct object *obj);

/* find_debug_section - by name, NULL: not there; its data is NULL as long as nobody read it. */
const struct debug_section *find_debug_section(const struct debug_file *file, const char *name);

static inline uint64_t debug_address(uint32_t section, uint64_t offset)
{
	return ((uint64_t)section << 32) + offset;
}

#endif /* DEBUG_FILE_H */
