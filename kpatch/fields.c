// SPDX-License-Identifier: GPL-2.0-only
/* What the kernel's loader, or its own relocation at start, has written into code. */
#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "kpatch/cleanup.h"
#include "kpatch/fields.h"

bool is_field(const struct kpatch_shipped_site *site)
{
	return site->kind == KPATCH_SITE_ADDRESS || site->kind == KPATCH_SITE_DISTANCE ||
	       site->kind == KPATCH_SITE_RELOCATION;
}

/* arch/x86/kernel/head64.c and boot/compressed/misc.c: fields are moved as they are wide. */
static void add_to_field(unsigned char *field, unsigned int width, uint64_t distance)
{
	uint64_t value = 0;

	memcpy(&value, field, width);
	value += distance;
	memcpy(field, &value, width);
}

/* __write_relocate_add() in arch/x86/kernel/module.c; @place is the field's address. */
static uint64_t relocated(uint32_t type, uint64_t symbol, int64_t addend, uint64_t place)
{
	uint64_t value = symbol + (uint64_t)addend;

	switch (type) {
	case R_X86_64_PC32:
	case R_X86_64_PLT32:
	case R_X86_64_PC64:
		return value - place;
	}
	return value;
}

/* Any of the values that memory has; else the first one. */
static bool apply_relocation(const struct running *running, const struct shipped_record *record,
			     const struct kpatch_shipped_site *site, uint64_t address,
			     unsigned char *code, const unsigned char *seen, char **problem)
{
	bool found = false;

	for (uint32_t i = 0; i < site->nr; i++) {
		struct kpatch_shipped_target target = shipped_target(record, site, i);
		_cleanup_free_ char *why = NULL;
		uint64_t symbol, value;

		if (!running_find_target(running, record, &target, &symbol, &why)) {
			if (!*problem) {
				*problem = why;
				why = NULL;
			}
			continue;
		}
		value = relocated(target.type, symbol, target.addend, address + site->offset);
		if (!found || memcmp(seen + site->offset, &value, site->length) == 0)
			memcpy(code + site->offset, &value, site->length);
		found = true;
	}
	if (found) {
		free(*problem);
		*problem = NULL;
	}
	return found;
}

bool field_apply(const struct running *running, const struct shipped_record *record,
		 const struct kpatch_shipped_site *site, uint64_t address, unsigned char *code,
		 const unsigned char *seen, char **problem)
{
	switch (site->kind) {
	case KPATCH_SITE_ADDRESS:
		add_to_field(code + site->offset, site->length, running->distance);
		return true;
	case KPATCH_SITE_DISTANCE:
		add_to_field(code + site->offset, site->length, -running->distance);
		return true;
	}
	return apply_relocation(running, record, site, address, code, seen, problem);
}
