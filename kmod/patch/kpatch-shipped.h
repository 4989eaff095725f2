/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The shipped code of the functions that a patch replaces, as it was compared with the
 * rebuilt one: section .kpatch.shipped of diff objects and patch modules, which is not
 * loaded. It needs no relocations, and joining sections of that name gives such a section.
 * doc/diff-object-format.md describes its use. Numbers are little-endian.
 */
#ifndef KPATCH_SHIPPED_H
#define KPATCH_SHIPPED_H

#include <stdint.h>

#define KPATCH_SHIPPED_SECTION ".kpatch.shipped"
#define KPATCH_SHIPPED_MAGIC   0x5350504bu /* "KPPS" */
#define KPATCH_SHIPPED_VERSION 2

/*
 * A record: this header, and behind it whatever its offsets lead to. They count from the
 * start of the record; 0 means that there is none. Records follow each other; each begins at a
 * multiple of 8.
 */
struct kpatch_shipped_record {
	uint32_t magic; /* KPATCH_SHIPPED_MAGIC */
	uint32_t record_size; /* bytes up to the next record, a multiple of 8 */
	uint16_t version; /* KPATCH_SHIPPED_VERSION */
	uint16_t flags; /* KPATCH_SHIPPED_* */
	uint32_t object; /* text: "vmlinux" or the name of the module */
	uint32_t name; /* text: the symbol in the object's symbol table, as f or f.cold */
	uint32_t function; /* text: the replaced function; of its parts as well */
	uint32_t sympos; /* of the symbol, as struct klp_func.old_sympos, if it has one */
	uint32_t code_size; /* bytes of the symbol */
	uint64_t address; /* of the symbol in the object's file: an address in vmlinux, 0 in a
			     module */
	uint32_t code; /* the code_size bytes as they are in the object's file */
	uint32_t nr_sites; /* places of the code that may differ in memory */
	uint32_t sites; /* nr_sites struct kpatch_shipped_site, by offset */
	uint32_t reserved;
};

/* Flags of a record. */
#define KPATCH_SHIPPED_PROVEN	   1 /* else it was not compared: nothing but the names is there */
#define KPATCH_SHIPPED_PART	   2 /* the unlikely part of the function */
#define KPATCH_SHIPPED_NO_POSITION 4 /* it is not known which of its name it is */

/*
 * What may stand at a site instead of the bytes of the file. "Form" is one of the struct
 * kpatch_shipped_form of the site. NOPs are one form whatever their lengths are; where they are in
 * an alternative, or in a form of it, a site of their own says: bytes of an operand may look so.
 */
enum kpatch_shipped_kind {
	/* the address of something in the image: the field plus the distance that it was moved */
	KPATCH_SITE_ADDRESS = 1,
	/* the distance to something that does not move with the image: minus it */
	KPATCH_SITE_DISTANCE,
	/* a relocation of a module: see struct kpatch_shipped_target */
	KPATCH_SITE_RELOCATION,
	/* the tracer's: NOPs, a call */
	KPATCH_SITE_FTRACE,
	/* a static branch: either of two forms, the NOP and the jump */
	KPATCH_SITE_JUMP_LABEL,
	/* a static call: a call or jump (also a conditional one) anywhere, NOPs, a return, "xor" of
	 * the result with NOPs before it */
	KPATCH_SITE_STATIC_CALL,
	/* an alternative: itself, or one of the forms */
	KPATCH_SITE_ALTERNATIVE,
	/* a paravirtual call: itself, or a direct call, or what the kernel puts in line, and NOPs */
	KPATCH_SITE_PARAVIRT,
	/* a call or jump to an indirect thunk: itself, the indirect one through the register in
	 * .value (0 to 15), "lfence" before it, NOPs or INT3 behind it */
	KPATCH_SITE_RETPOLINE,
	/* a jump to a return thunk: itself, a jump to another one, or RET and INT3 behind it */
	KPATCH_SITE_RETURN,
	/* a lock prefix: 0xf0, or 0x3e */
	KPATCH_SITE_LOCK,
	/* an ENDBR: itself, or a NOP of its length */
	KPATCH_SITE_ENDBR,
	/* a call that call depth tracking may lead to the padding before the function called */
	KPATCH_SITE_CALL,
	/* a constant that the kernel fills in at start (runtime_ptr_*, runtime_shift_*) */
	KPATCH_SITE_CONSTANT,
	/* NOPs in an alternative or a form: others of that length */
	KPATCH_SITE_NOPS,
	/* a jump of 32 bits in a form: itself, or that of 8 bits with NOPs or INT3 behind it */
	KPATCH_SITE_JUMP,
};

/* A place in the code. Sites of different kinds may lie in each other. */
struct kpatch_shipped_site {
	uint32_t offset; /* in the code */
	uint16_t length; /* bytes */
	uint8_t kind; /* enum kpatch_shipped_kind; others: a newer version has written it */
	uint8_t value;
	uint32_t nr; /* forms or targets */
	uint32_t data; /* the first of them */
};

/*
 * A form that a site may have. It is shorter than the site where NOPs follow. Its own fields
 * that depend on where it stands are in .fields, relative to the form's start.
 */
struct kpatch_shipped_form {
	uint32_t length; /* bytes */
	uint32_t bytes; /* where they are, as if they stood at the site in the file */
	uint32_t nr_fields;
	uint32_t fields; /* nr_fields struct kpatch_shipped_site */
};

/* What a relocated field of a module refers to. */
struct kpatch_shipped_target {
	uint32_t type; /* R_X86_64_* */
	uint32_t name; /* text: of a symbol; of a section of the object where .section is 1 */
	uint32_t section;
	uint32_t sympos; /* of the symbol in the object where it is the object's own */
	int64_t addend;
};

#endif /* KPATCH_SHIPPED_H */
