/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The object model of the differ: sections, symbols and relocations of one
 * relocatable object, in arrays, with everything an input could lie about
 * checked once by load_object().
 *
 * After normalise() a `struct section` is what can be carried on its own: a whole
 * section of the file where one symbol covers it, otherwise a part of one (a
 * variable, a function, a string, a table entry).
 */
#ifndef OBJECT_H
#define OBJECT_H

#include <gelf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct table;
struct lines;
struct users;

enum section_kind {
	KIND_TEXT, /* code that stays in memory */
	KIND_INIT, /* code and data that the kernel frees after start, or never keeps */
	KIND_DATA, /* writable data, .bss included */
	KIND_RODATA, /* constant data */
	KIND_STRINGS, /* NUL-terminated strings that the linker may merge */
	KIND_CONSTANTS, /* fixed-size constants that the linker may merge */
	KIND_TABLE, /* a kernel table whose entries belong to functions */
	KIND_SNIPPET, /* code that only a table or its function reaches */
	KIND_EXPORT, /* export tables */
	KIND_KPATCH, /* written by the macros of kpatch-macros.h */
	KIND_IGNORED, /* not loaded, or made again by objtool or the linker */
	KIND_UNKNOWN, /* nothing here knows what it means */
};

enum status {
	STATUS_UNKNOWN,
	STATUS_SAME,
	STATUS_CHANGED,
	STATUS_NEW,
};

/* Why an item has its status, set where the decision is made. */
struct reason {
	const char *what; /* static text: "differs in code at", "refers elsewhere at", … */
	uint64_t offset; /* where in the section */
	const char *name; /* the other item that it is about, or NULL */
};

/* The most common item of an object: its size counts. */
struct rela {
	uint32_t offset; /* in its section */
	uint32_t type : 24; /* R_X86_64_* */
	/* Set by normalise(), as are the targets: addend + bias is the offset from the symbol. */
	int32_t bias : 8;
	uint32_t symbol; /* index into object.symbols */
	/*
	 * Where it points. A target without a section is the undefined symbol.
	 * target_offset is the place itself, without the distance from the relocated
	 * field to the end of its instruction.
	 */
	uint32_t target; /* index into object.sections, 0: none */
	int64_t target_offset;
	int64_t addend;
};

/* What is needed of a section's header (ELF gABI, section header), with its names. */
struct section_header {
	uint64_t sh_flags;
	uint64_t sh_addralign;
	uint64_t sh_entsize;
	uint32_t sh_type;
	uint32_t sh_link;
	uint32_t sh_info;
};

struct section {
	const char *name;
	const uint8_t *data; /* NULL for SHT_NOBITS */
	uint64_t size;
	struct section_header shdr;
	enum section_kind kind : 8;
	enum status status : 8;
	bool split : 1; /* its parts stand for it */
	bool carried : 1;
	bool ignored : 1; /* the patch asks not to look at it: its status says nothing */
	bool inert : 1; /* an entry of __jump_table whose key is replaced by one that stays off */
	uint32_t origin; /* the section of the file that it is, or is a part of */
	uint64_t origin_offset;
	const struct table *table;
	struct rela *relas; /* sorted by offset */
	uint32_t *entries; /* table entries that belong to this section, ascending */
	uint32_t nr_relas;
	uint32_t nr_entries;

	uint32_t symbol; /* the symbol that covers it, 0: none */
	/* The function's section that a table entry or an unlikely part belongs to. */
	uint32_t owner;
	uint32_t cold; /* the section of its unlikely part, 0: none */
	uint32_t twin; /* index in the other object, 0: none */
	struct reason reason;
	uint32_t user; /* the first carried section that needs this one, 0: none */
	uint32_t user_offset; /* where in that */
	/*
	 * Distance from _text of the same constant in the running kernel, which references
	 * are bound to then; 0: none. Set by settle_literals().
	 */
	uint64_t shipped;
	uint32_t comparing; /* anonymous data of the original that it is compared with now */
	uint32_t parted; /* the constant of the original whose value was another one, 0: none */
	uint32_t alike; /* anonymous data of the original that has the same content */
};

struct symbol {
	const char *name;
	uint8_t type; /* STT_* */
	uint8_t bind; /* STB_* */
	uint16_t shndx;
	uint32_t section; /* index into object.sections, 0: undefined or absolute */
	uint64_t value; /* offset in that section */
	uint64_t size;
	uint32_t twin;
	bool certain; /* no other variable of its name can be the twin */
};

/* Index 0 of sections and symbols is the null entry, as in ELF. */
struct object {
	const char *path;
	const char *label; /* the source file's name, for messages; else the object's path */
	bool names_file; /* the label is that of an STT_FILE symbol */
	const uint8_t *file; /* see object-file.h */
	uint64_t file_size;
	struct section *sections;
	size_t nr_sections, max_sections;
	struct symbol *symbols;
	size_t nr_symbols;
	struct lines *lines; /* see lines.h; NULL: not read */
	struct users *users; /* see users.h; NULL: not asked for */
};

/* The original and the patched object, and what the passes decide about them. */
struct diff {
	struct object orig;
	struct object patched;
	const char *parent_name; /* "vmlinux" or a module, as the kernel spells it */
	struct parent *parent; /* symbols of the parent object */
	struct exports *exports; /* Module.symvers */
	struct findings *findings;
	struct debug_info *debug;
	struct proof *proof; /* see proof.h; NULL: none was tried, or could be */
	const char *parent_path;
	struct changed_text *changed_text; /* see changed-text.h; NULL: not known */
	/* what other units replace in the parent; NULL: not asked for */
	const struct replaced_elsewhere *elsewhere;
	const char **shared; /* names that other units of the patch have of this one */
	size_t nr_shared;
	/* a new function whose address another unit of the patch has; NULL: not known */
	const char *new_elsewhere;
	bool explain; /* all that is known is told */
	bool no_proof; /* what is not proven is carried all the same */
	struct inlined_functions *inlined; /* see inlined-copies.h; NULL: not asked for */
	size_t depth; /* how deep same_anonymous() is in itself */
	size_t assumed; /* how often same_anonymous() came back to where it had begun */
	const char *out_path;
	char *temporary; /* what becomes out_path when all is said; NULL: not written */
};

#define for_each_section(obj, s) \
	for ((s) = (obj)->sections + 1; (s) < (obj)->sections + (obj)->nr_sections; (s)++)
#define for_each_symbol(obj, s) \
	for ((s) = (obj)->symbols + 1; (s) < (obj)->symbols + (obj)->nr_symbols; (s)++)
#define for_each_rela(sec, r) for ((r) = (sec)->relas; (r) < (sec)->relas + (sec)->nr_relas; (r)++)

static inline uint32_t section_index(const struct object *obj, const struct section *sec)
{
	return (uint32_t)(sec - obj->sections);
}

static inline uint32_t symbol_index(const struct object *obj, const struct symbol *sym)
{
	return (uint32_t)(sym - obj->symbols);
}

/* is_vmlinux - whether an object of that name is the kernel itself, and no module. */
static inline bool is_vmlinux(const char *object)
{
	return !strcmp(object, "vmlinux");
}

static inline bool patches_vmlinux(const struct diff *diff)
{
	return is_vmlinux(diff->parent_name);
}

/* when_freed - of init code and data of the object that is patched, for a message. */
static inline const char *when_freed(const struct diff *diff)
{
	return patches_vmlinux(diff) ? "the kernel has started" : "the module is loaded";
}

/*
 * load_object - read a relocatable x86-64 ELF object into @obj
 *
 * Every index, offset and size of the file is checked here; behind it the model
 * can be trusted. Exits with status 1 and a message when the file is no such
 * object. @obj owns what it allocates until free_object().
 */
void load_object(struct object *obj, const char *path);
void free_object(struct object *obj);

/* nr_raw_relas, raw_rela - the relocations that a section of type SHT_RELA holds, as they are. */
size_t nr_raw_relas(const struct section *rsec);
Elf64_Rela raw_rela(const struct section *rsec, size_t i);

/* rela_by_offset - for qsort() and bsearch(): relocations in the order of their places. */
int rela_by_offset(const void *a, const void *b);

/*
 * add_section - append an empty section to @obj
 *
 * Returns its index. Pointers into obj->sections are invalid afterwards.
 */
uint32_t add_section(struct object *obj);

/* section_label - what to call @sec in a message: its symbol's name, else its own. */
const char *section_label(const struct object *obj, const struct section *sec);

/* rela_within - the first relocation of a field that begins from @start up to @end, or NULL. */
const struct rela *rela_within(const struct section *sec, uint64_t start, uint64_t end);

/* covering_symbol - the symbol that covers @sec, NULL when there is none. */
struct symbol *covering_symbol(const struct object *obj, const struct section *sec);

/*
 * function_of - the section of the function that a section belongs to: a table entry, an
 * unlikely part, a function that became a part; itself where it belongs to none.
 */
uint32_t function_of(const struct object *obj, uint32_t index);

/* pointed_string - the text that a pointer of a record of kpatch-macros.h leads to, NULL: none */
const char *pointed_string(const struct object *obj, const struct rela *rela);

/* section_at - what has a place of debug_address(), after normalise(); NULL: nothing */
struct section *section_at(struct object *obj, uint64_t address);

/* entry_offset - where in @sec the thing that its symbol names begins. */
uint64_t entry_offset(const struct object *obj, const struct section *sec);

#endif /* OBJECT_H */
