/* SPDX-License-Identifier: GPL-2.0-only */
/* The symbols that a kernel and its modules export: Module.symvers. */
#ifndef EXPORTS_H
#define EXPORTS_H

#include <stdbool.h>

struct exports;
struct wanted;

/*
 * load_exports - read a Module.symvers
 *
 * Lines are CRC, symbol, exporting object ("vmlinux" or the path of a module
 * without .ko), type and, since 5.4, name space, separated by tabs
 * (Documentation/kbuild/modules.rst). Exits with EXIT_ERROR when the file cannot
 * be read or a line is malformed. Only @wanted symbols are kept; with NULL all are. Free with
 * free_exports().
 */
struct exports *load_exports(const char *path, const struct wanted *wanted);
void free_exports(struct exports *exports);

/* has_exports - whether any symbol was kept. */
bool has_exports(const struct exports *exports);

/*
 * exporter_of - who exports @symbol: "vmlinux", or a module's name as the kernel
 * spells it; NULL when nobody does. Owned by @exports.
 *
 * *@restricted, where not NULL, tells whether only certain modules may use it
 * (EXPORT_SYMBOL_FOR_MODULES, a name space that begins with "module:").
 */
const char *exporter_of(const struct exports *exports, const char *symbol, bool *restricted);

#endif /* EXPORTS_H */
