/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KPATCH_STORE_H
#define KPATCH_STORE_H

#include "kpatch/files.h"

/*
 * Patches to load at boot lie in a directory a kernel release: /var/lib/kpatch/RELEASE/NAME.ko
 * (contrib/kpatch.service). Strings and lists are the caller's to free.
 */

/* The directory of the running kernel; it need not be there. */
char *store_directory(void);

/* The paths of its module files, sorted by name. */
struct names store_files(void);

/* The path of the file of the module @name, or NULL. */
char *store_find(const char *name);

#endif /* KPATCH_STORE_H */
