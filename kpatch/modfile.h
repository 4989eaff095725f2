/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KPATCH_MODFILE_H
#define KPATCH_MODFILE_H

#include <libelf.h>
#include <stdbool.h>

#include "kpatch/functions.h"

/*
 * A livepatch module file. Keys of .modinfo that kpatch-build writes: kpatch_version,
 * kpatch_build_id, kpatch_kernel, kpatch_backend, kpatch_patch, kpatch_cve, kpatch_replace,
 * kpatch_outlives.
 */
struct modfile {
	const char *path; /* the caller's */
	int fd;
	Elf *elf;
	const char *modinfo; /* strings, each with its NUL byte; NULL: there are none */
	size_t modinfo_size;
	bool is_signed; /* a signature is appended; whether it is good, the kernel knows */
	char *name; /* the name it will have in the kernel */
	const char *problem_id; /* why it could not be opened */
	const char *problem;
};

/*
 * Open the livepatch module file at @path. On failure it says why on standard error
 * ([file-unreadable], [not-elf], [not-a-livepatch], [bad-module]) and returns false; there is
 * nothing to close then.
 */
bool modfile_open(struct modfile *file, const char *path);

/* The same without a message: @file has it, until the next call. */
bool modfile_try(struct modfile *file, const char *path);

void modfile_close(struct modfile *file);

/*
 * The value of @key in .modinfo, or NULL; @previous is NULL, or the value found last, of a key
 * that may stand several times. It belongs to @file. Other people's text: see printable().
 */
const char *modfile_info(const struct modfile *file, const char *key, const char *previous);

/* It is a patch for the core module (kpatch/core.h), not for the kernel's livepatch. */
bool modfile_is_core(const struct modfile *file);

/*
 * The functions that a module made by this project replaces (lib/replaced-functions.h), as far as
 * they can be read; empty for others. The caller frees the list.
 */
struct functions modfile_functions(const struct modfile *file);

#endif /* KPATCH_MODFILE_H */
