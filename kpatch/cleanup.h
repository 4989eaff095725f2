/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KPATCH_CLEANUP_H
#define KPATCH_CLEANUP_H

#include <dirent.h>
#include <stdlib.h>

/* A variable declared with _cleanup_(f) is passed to f by address when it leaves its scope. */
#define _cleanup_(f) __attribute__((cleanup(f)))

static inline void cleanup_free(void *pointer)
{
	free(*(void **)pointer);
}

static inline void cleanup_closedir(DIR **dir)
{
	if (*dir)
		closedir(*dir);
}

#define _cleanup_free_	   _cleanup_(cleanup_free)
#define _cleanup_closedir_ _cleanup_(cleanup_closedir)

#endif /* KPATCH_CLEANUP_H */
