/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KPATCH_VERIFY_H
#define KPATCH_VERIFY_H

#include "kpatch/json.h"
#include "kpatch/modfile.h"
#include "kpatch/running.h"
#include "kpatch/status.h"

/* How much is told of what is as it should be. */
enum verify_detail { VERIFY_SUMMARY, VERIFY_FUNCTIONS };

/*
 * Compare the running kernel's memory with what @file, a module for it, records of the code that
 * it replaces (kmod/patch/kpatch-shipped.h). @files is running_files, but for tests; @entry, of a
 * file, may be NULL.
 *
 * Returns STATUS_OK when all of it is the shipped code in one of the forms that the kernel gives
 * it. Otherwise it has been explained on standard error. Functions of modules that are not loaded
 * are noted and do not count.
 */
enum status verify_module(const struct modfile *file, const struct running_files *files,
			  enum verify_detail detail, struct json_object *entry);

#endif /* KPATCH_VERIFY_H */
