// SPDX-License-Identifier: GPL-2.0-only
/* The directory of patches to load at boot. */
#include <stdlib.h>
#include <string.h>

#include "kpatch/core.h"
#include "kpatch/kernel.h"
#include "kpatch/module.h"
#include "kpatch/store.h"

#define STORE_DIR "/var/lib/kpatch"

char *store_directory(void)
{
	_cleanup_free_ char *release = kernel_release();

	return print_string("%s/%s", STORE_DIR, release);
}

struct names store_files(void)
{
	_cleanup_free_ char *directory = store_directory();
	_cleanup_(names_free) struct names entries = directory_names("%s", directory);
	struct names files = { 0 };

	for (size_t i = 0; i < entries.count; i++) {
		const char *entry = entries.items[i], *dot = strrchr(entry, '.');
		_cleanup_free_ char *path = print_string("%s/%s", directory, entry);

		/* The core module lies beside its patches, and is inserted with them. */
		if (dot && strcmp(dot, ".ko") == 0 && strcmp(entry, CORE_MODULE ".ko") != 0)
			names_add(&files, path);
	}
	return files;
}

char *store_find(const char *name)
{
	_cleanup_(names_free) struct names files = store_files();

	for (size_t i = 0; i < files.count; i++) {
		_cleanup_free_ char *found = module_name(files.items[i]);

		if (found && strcmp(found, name) == 0)
			return print_string("%s", files.items[i]);
	}
	return NULL;
}
