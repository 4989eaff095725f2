/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the glue and create-patch-module tell each other. As in kpatch-records.h
 * every field has one size for every reader.
 */
#ifndef KPATCH_INFO_H
#define KPATCH_INFO_H

#include "kpatch-records.h"

#define KPATCH_INFO_SECTION  ".kpatch.info"
#define KPATCH_FACTS_SECTION ".kpatch.facts"

#define KPATCH_CALLBACKS_PREFIX	    ".kpatch.callbacks."
#define KPATCH_PRE_PATCH_SECTION    ".kpatch.callbacks.pre_patch"
#define KPATCH_POST_PATCH_SECTION   ".kpatch.callbacks.post_patch"
#define KPATCH_PRE_UNPATCH_SECTION  ".kpatch.callbacks.pre_unpatch"
#define KPATCH_POST_UNPATCH_SECTION ".kpatch.callbacks.post_unpatch"
/* The core module alone calls these. */
#define KPATCH_CHECK_PATCH_SECTION   ".kpatch.callbacks.check_patch"
#define KPATCH_APPLY_PATCH_SECTION   ".kpatch.callbacks.apply_patch"
#define KPATCH_FAIL_PATCH_SECTION    ".kpatch.callbacks.fail_patch"
#define KPATCH_CHECK_UNPATCH_SECTION ".kpatch.callbacks.check_unpatch"
#define KPATCH_APPLY_UNPATCH_SECTION ".kpatch.callbacks.apply_unpatch"
#define KPATCH_FAIL_UNPATCH_SECTION  ".kpatch.callbacks.fail_unpatch"
#define KPATCH_IGNORE_SECTIONS	     ".kpatch.ignore.sections"
#define KPATCH_IGNORE_FUNCTIONS	     ".kpatch.ignore.functions"
#define KPATCH_FORCE_SECTION	     ".kpatch.force"
#define KPATCH_TYPES_SECTION	     ".kpatch.types"

/*
 * The ELF note of a module that hands on addresses of new functions, or of new data that leads to
 * functions: their names, each with a NUL byte. What keeps one would lead to freed memory without
 * the module. The names are in .modinfo, too, which is not in memory.
 */
#define KPATCH_NOTE_SECTION  ".note.kpatch"
#define KPATCH_NOTE_NAME     "kpatch"
#define KPATCH_NOTE_OUTLIVES 1
#define KPATCH_OUTLIVES_KEY  "kpatch_outlives"

/*
 * An exported symbol that every vmlinux has, inside its image. A patch module for the core
 * module reaches everything that is not exported at its distance from it: the image is moved as a
 * whole, so the distances are those of the file with the same build-id.
 */
#define KPATCH_ANCHOR	   init_task
#define KPATCH_ANCHOR_NAME "init_task"

/* Longer than any build-id a linker makes (BUILD_ID_SIZE_MAX is 20 in Linux 6.1). */
#define KPATCH_BUILD_ID_MAX 64

/*
 * The section KPATCH_INFO_SECTION of the module: zero in the precompiled glue,
 * filled in by create-patch-module, read by init and exit of the glue.
 */
struct kpatch_info {
	kpatch_u64 build_id_size; /* bytes of build_id that count */
	kpatch_u64 replace; /* as struct klp_patch.replace */
	unsigned char build_id[KPATCH_BUILD_ID_MAX];
	kpatch_u64 once; /* not 0: the patch does something by DO_ONCE() */
};

/*
 * The section KPATCH_FACTS_SECTION of the glue: limits and layouts of the kernel that
 * the glue was compiled for. create-patch-module reads it and drops it.
 */
struct kpatch_facts {
	kpatch_u64 module_name_offset; /* of struct module.name in __this_module */
	kpatch_u64 module_name_size; /* MODULE_NAME_LEN, with the final NUL */
	kpatch_u64 ksym_name_size; /* KSYM_NAME_LEN, with the final NUL */
	kpatch_u64 modversions; /* 1: the kernel checks __versions */
	kpatch_u64 modversion_size; /* sizeof(struct modversion_info) */
	kpatch_u64 modversion_name_offset; /* of its field name, which reaches to its end */
	kpatch_u64 alt_size; /* sizeof(struct alt_instr) */
	kpatch_u64 alt_length_offset; /* of its field instrlen, one byte */
	kpatch_u64 orc; /* 1: objtool writes the tables of the ORC unwinder */
};

#endif /* KPATCH_INFO_H */
