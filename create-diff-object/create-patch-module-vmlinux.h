/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The symbols of a vmlinux for create-patch-module, whose model of an object is not that of
 * parent.h.
 */
#ifndef CREATE_PATCH_MODULE_VMLINUX_H
#define CREATE_PATCH_MODULE_VMLINUX_H

#include <stdbool.h>
#include <stdint.h>

struct parent;
struct parent_symbol;

struct vmlinux_symbol {
	const char *name;
	uint64_t address, size;
	bool in_kernel; /* the running kernel knows it */
	bool global, function;
	const struct parent *parent; /* for vmlinux_position() */
	const struct parent_symbol *symbol;
};

/* vmlinux_each - call @each for every symbol, in the order of the file. Errors are fatal. */
void vmlinux_each(const char *path, void (*each)(void *context, const struct vmlinux_symbol *sym),
		  void *context);

/* vmlinux_position - its sympos, or UINT64_MAX when it has none; parent_position() tells more */
uint64_t vmlinux_position(const struct vmlinux_symbol *sym);

#endif /* CREATE_PATCH_MODULE_VMLINUX_H */
