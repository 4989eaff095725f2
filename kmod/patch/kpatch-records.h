/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The records that create-diff-object writes into a diff object, and that
 * create-patch-module and the glue of the patch module read. All fields are
 * 64 bits wide, so the layout is the same for every reader; pointers are
 * R_X86_64_64 relocations. doc/diff-object-format.md describes their use.
 */
#ifndef KPATCH_RECORDS_H
#define KPATCH_RECORDS_H

#ifdef __KERNEL__
#include <linux/types.h>
#define KPATCH_RECORD_PTR(type) type *
typedef u64 kpatch_u64;
#else
#include <stdint.h>
#define KPATCH_RECORD_PTR(type) uint64_t
typedef uint64_t kpatch_u64;
#endif

/*
 * The replaced functions have this name in the module. In a diff object objtool must not
 * take their addresses for those of indirect calls, which on kernels with IBT have to find an
 * ENDBR: it leaves .discard* out (Linux 6.12, tools/objtool/check.c, validate_ibt()). The kernel
 * enters a replacement by a return.
 */
#define KPATCH_FUNCS_SECTION	  ".kpatch.funcs"
#define KPATCH_DIFF_FUNCS_SECTION ".discard" KPATCH_FUNCS_SECTION
#define KPATCH_BIND_SECTION	  ".kpatch.bind"
#define KPATCH_STRINGS_SECTION	  ".kpatch.strings"
#define KPATCH_PLACES_SECTION	  ".kpatch.places"
#define KPATCH_RELOCS_SECTION	  ".kpatch.relocs"
#define KPATCH_INACTIVE_SECTION	  ".kpatch.inactive"
#define KPATCH_MODULES_SECTION	  ".kpatch.modules"

/* One replaced function: a row of .kpatch.funcs (loaded with the module). */
struct kpatch_func_record {
	KPATCH_RECORD_PTR(void) new_addr; /* the replacement, in this module */
	KPATCH_RECORD_PTR(const char) old_name; /* name of the replaced function */
	KPATCH_RECORD_PTR(const char) object; /* "vmlinux" or the name of a module */
	kpatch_u64 sympos; /* as struct klp_func.old_sympos */
	kpatch_u64 old_size; /* bytes, as in the parent's symbol table */
	kpatch_u64 new_size; /* bytes, with the parts that stand behind it */
};

/*
 * One reference out of the module that ordinary module linking cannot resolve: a
 * row of .kpatch.bind (not SHF_ALLOC, consumed by create-patch-module).
 */
struct kpatch_bind_record {
	KPATCH_RECORD_PTR(void) symbol; /* the undefined symbol that stands for it */
	KPATCH_RECORD_PTR(const char) name; /* its name in the object that owns it */
	KPATCH_RECORD_PTR(const char) object; /* the owner: "vmlinux" or a module */
	KPATCH_RECORD_PTR(const char) target; /* whose loading applies it: .klp.rela.TARGET.* */
	kpatch_u64 sympos;
};

/*
 * One callback: a row of .kpatch.callbacks.KIND (SHF_ALLOC), where KIND is
 * {pre,check,apply,post,fail}_{patch,unpatch}.
 */
struct kpatch_callback_record {
	KPATCH_RECORD_PTR(void) fn;
	KPATCH_RECORD_PTR(const char) object;
};

/*
 * A function that the patch does not replace, and that no task may be in when the core module
 * switches: a row of .kpatch.inactive, which create-patch-module consumes.
 */
struct kpatch_inactive_record {
	KPATCH_RECORD_PTR(const char) name;
	KPATCH_RECORD_PTR(const char) object;
};

/*
 * What KPATCH_TYPE_HANDLED() writes: a type whose layout changed, and how the patch handles what
 * is there. Read by create-diff-object, which leaves it out.
 */
struct kpatch_type_record {
	KPATCH_RECORD_PTR(const char) type;
	KPATCH_RECORD_PTR(const char) how;
};

/*
 * Code that no task may be in when the core module switches: a row of .kpatch.places, which
 * create-patch-module makes for that back end. The first rows are the replaced functions, in the
 * order of .kpatch.funcs.
 */
struct kpatch_place_record {
	KPATCH_RECORD_PTR(void) address; /* 0: in a module */
	KPATCH_RECORD_PTR(const char) name; /* of the function, for messages */
	kpatch_u64 size; /* bytes */
	kpatch_u64 both_ways; /* 1: nor when the patch goes */
};

/*
 * A relocation against a symbol of a module, which the core module applies when the module that the
 * place replaces code of is loaded; the symbol is that module's, or of one that it depends on. A
 * row of .kpatch.relocs, which create-patch-module makes for that back end. The last row is zero.
 */
struct kpatch_reloc_record {
	KPATCH_RECORD_PTR(void) place;
	KPATCH_RECORD_PTR(const char) name; /* of the symbol */
	KPATCH_RECORD_PTR(const char) object; /* the module that has it */
	KPATCH_RECORD_PTR(const char) target; /* the module whose loading applies it */
	kpatch_u64 sympos; /* as struct klp_func.old_sympos */
	kpatch_u64 type; /* of the ELF x86-64 psABI */
	kpatch_u64 addend; /* two's complement */
};

#define KPATCH_MODULE_NAME_MAX 64 /* with the NUL; MODULE_NAME_LEN is less */
#define KPATCH_MODULE_ID_MAX   64

/*
 * The build of a module that the patch is for: a row of .kpatch.modules, which create-patch-module
 * makes for the core module. The last row is zero.
 */
struct kpatch_module_record {
	char name[KPATCH_MODULE_NAME_MAX];
	kpatch_u64 build_id_size; /* bytes of build_id that count */
	unsigned char build_id[KPATCH_MODULE_ID_MAX];
};

#endif /* KPATCH_RECORDS_H */
