/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The model of create-patch-module: the joined object as arrays of sections and
 * symbols, with everything an input could lie about checked once by module_load().
 * The steps change it in place, and module_write() writes what is kept.
 */
#ifndef CREATE_PATCH_MODULE_H
#define CREATE_PATCH_MODULE_H

#include <elf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kmod/patch/kpatch-info.h"

/* Linux include/uapi/linux/elf.h, used by kernel/livepatch/core.c and kernel/module/main.c. */
#define KLP_SHF_RELA_LIVEPATCH 0x00100000
#define KLP_SHN_LIVEPATCH      0xff20

/* A row of .kpatch.bind: what a symbol stands for in the running kernel. */
struct bind {
	const char *name; /* in the object that owns it */
	const char *object; /* "vmlinux" or a module */
	const char *target; /* whose loading applies the relocations */
	uint64_t sympos;
	uint64_t address; /* in the vmlinux file, when that is asked: core_find() */
	bool absolute; /* not moved with the image: a per-CPU variable, linked at 0 and up */
	const Elf64_Rela *name_rela, *object_rela, *target_rela; /* to the strings */
};

/* A line of Module.symvers. */
struct exported {
	const char *module; /* path without ".ko", or "vmlinux" */
	const char *ns; /* symbol namespace, "" for none */
	uint32_t crc;
	bool found;
};

struct section {
	const char *name;
	Elf64_Shdr shdr; /* sh_size stays that of the input: use size */
	uint8_t *data; /* owned; NULL for SHT_NOBITS and for nothing */
	uint64_t size;
	uint32_t rela; /* index of the SHT_RELA section that applies to it, 0: none */
	bool keep;
	uint32_t out; /* index in the output, set by module_write() */
};

struct symbol {
	const char *name;
	Elf64_Sym sym;
	bool bound; /* bind is valid: a livepatch symbol */
	bool used; /* a kept relocation refers to it */
	struct bind bind;
	struct exported exported;
	uint32_t out; /* index in the output, set by module_write() */
};

/* Index 0 of both arrays is the null entry, as in ELF. */
struct module {
	const char *path; /* the joined object, for messages */
	struct section *sections;
	size_t nr_sections, max_sections;
	struct symbol *symbols;
	size_t nr_symbols;
	uint32_t symtab; /* index of the SHT_SYMTAB section */
	uint32_t e_flags;
	struct kpatch_facts facts;
	struct exported layout; /* of "module_layout", for __versions */
	bool core; /* for the core module, not for the kernel's livepatch core */
	uint32_t anchor; /* then the index of the symbol KPATCH_ANCHOR, ... */
	uint64_t anchor_address; /* ... and where it is in the vmlinux file */
	Elf64_Rela *deferred; /* then those of .kpatch.relocs, until core_close_relocs() */
	size_t nr_deferred;
	size_t refusals; /* findings printed by refuse() */
	void **owned; /* memory that lives as long as the module */
	size_t nr_owned, max_owned;
};

/* What the command line asks for; the strings are those of argv. */
struct request {
	char *name; /* of the module, '-' already turned into '_' */
	const char *build_id; /* hexadecimal */
	const char *vmlinux; /* make it for the core module and this kernel, or NULL */
	bool non_replace;
	char *build_id_line; /* a line made of build_id, owned, or NULL */
	const char **modinfo; /* KEY=VALUE */
	size_t nr_modinfo;
	const char *joined, *symvers, *out;
};

/*
 * refuse - print "create-patch-module: error: MESSAGE [ID]" and count it
 *
 * For what makes the patch impossible as a live patch. All such findings print before the
 * program ends with EXIT_UNPATCHABLE; errors of use and of input are fatal().
 */
void refuse(struct module *module, const char *id, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* An xasprintf() owned by @module. */
const char *module_string(struct module *module, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * module_load - read and check a relocatable x86-64 object
 *
 * @path must outlive the module. Any error is fatal. Release with module_free().
 */
void module_load(struct module *module, const char *path);
void module_free(struct module *module);

/* The kept section of this name, or NULL; section_index() gives its index, or 0. */
struct section *module_section(struct module *module, const char *name);
uint32_t section_index(const struct module *module, const struct section *section);

/* Append a kept section; @data is taken over. Pointers into sections[] become invalid. */
struct section *module_add_section(struct module *module, const char *name, uint32_t type,
				   uint64_t flags, void *data, uint64_t size);

/* The relocations that apply to @section, and their number. */
Elf64_Rela *section_relas(struct module *module, const struct section *section, size_t *count);

/* Bytes that a relocation of an ELF x86-64 psABI type changes; 0: not for kernel modules. */
unsigned int relocation_width(uint32_t type);

/* The records of a section, which are of 64-bit words. */
struct rows {
	const struct section *section;
	const Elf64_Rela **relas; /* that of each word, or NULL; owned by the module */
	size_t size, count; /* of a record in bytes; of records */
};

/*
 * module_rows - the records of the section @name, each of @size bytes
 *
 * None where the module has no such section. Fatal when it is not a whole number of them, or a
 * relocation not a whole word.
 */
struct rows module_rows(struct module *module, const char *name, size_t size);

/* The relocations of the words of a record. */
const Elf64_Rela **row_relas(const struct rows *rows, size_t index);

/* The word of a record at @offset bytes. */
uint64_t row_word(const struct rows *rows, size_t index, size_t offset);

/* The NUL-terminated string that a relocation points to; fatal when there is none. */
const char *rela_string(struct module *module, const Elf64_Rela *rela, const char *what);

/*
 * place_name - "FUNCTION+0xOFFSET" of a place in a section, for messages
 *
 * The section's name stands in where no function covers the place.
 */
const char *place_name(struct module *module, uint32_t section, uint64_t offset);

/* first_use - the place_name() of the first relocation against a symbol, for messages. */
const char *first_use(struct module *module, size_t symbol);

/*
 * core_relocate - make a relocation against a bound symbol an ordinary one
 *
 * For the core module: against the anchor, or an absolute symbol.
 */
void core_relocate(struct module *module, Elf64_Rela *rela);

/*
 * core_defer - leave a relocation against a symbol of a module to the core module
 *
 * A row of .kpatch.relocs (struct kpatch_reloc_record) for @rela, which applies to section
 * @index and is the caller's to drop. core_close_relocs() ends the rows, when all are there.
 */
void core_defer(struct module *module, uint32_t index, const Elf64_Rela *rela);
void core_close_relocs(struct module *module);

/* The bytes of a build-id of at most @max; fatal when @hex is none. Returns their number. */
size_t parse_build_id(const char *hex, unsigned char *bytes, size_t max);

/* Steps, in the order of main(). Each one's comment is with its definition. */
void read_glue(struct module *module);
void bind_symbols(struct module *module);
void check_records(struct module *module);
void core_find(struct module *module, const char *vmlinux);
void core_add_modules(struct module *module, const struct request *request);
void define_bounds(struct module *module);
void drop_helpers(struct module *module);
void read_symvers(struct module *module, const char *path);
void check_undefined(struct module *module);
void move_relocations(struct module *module);
void fill_glue(struct module *module, const struct request *request);
void write_modinfo(struct module *module, const struct request *request);
void write_note(struct module *module, const struct request *request);
void write_versions(struct module *module);

/*
 * module_write - write what is kept as a kernel module
 *
 * The same model gives the same bytes. On an error there is no file left and the
 * program ends with EXIT_ERROR.
 */
void module_write(struct module *module, const char *path);

#endif /* CREATE_PATCH_MODULE_H */
