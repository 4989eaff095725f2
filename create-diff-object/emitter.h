/* SPDX-License-Identifier: GPL-2.0-only */
/* What emit() and the resolving of references share while a diff object is written. */
#ifndef EMITTER_H
#define EMITTER_H

#include "dead-ends.h"
#include "elf-writer.h"
#include "labels.h"
#include "names.h"
#include "report.h"

/* Where a carried section went. */
struct place {
	uint32_t section;
	uint64_t offset;
	uint64_t end; /* of a function: behind its parts */
};

struct undefined {
	char *name; /* in the output */
	uint32_t symbol;
};

struct emitter {
	struct diff *diff;
	struct elf_writer *out;
	struct place *places; /* per section of the patched object */
	uint32_t *code_places; /* find_code_places() */
	uint32_t *out_section; /* per section of the patched file: where its parts go */
	uint32_t *defined; /* per section: handle + 1 of the symbol that covers it */
	struct undefined *undefined;
	size_t nr_undefined, max_undefined;
	struct names by_name; /* index + 1 in undefined */
	struct labels labels; /* of the patched object; found when first needed */
	uint32_t strings, funcs, bind;
	uint32_t off_key; /* handle + 1 of a static key that stays off; made when first needed */
	struct spot spot; /* what is being resolved, for findings */
	const struct rela *rela; /* the reference there, of the patched object; NULL: none */
	struct dead_ends dead_ends;
	uint32_t unreachable, shipped; /* sections that are made when first needed */
	char **names; /* texts that the writer refers to */
	size_t nr_names, max_names;
};

struct parent_symbol;

/* What a reference is bound to. */
struct binding {
	const char *name;
	const char *object; /* owner of the symbol */
	const char *target; /* whose loading applies the relocation */
	uint64_t position;
	bool plain; /* the symbol may keep its name in the output */
};

/* record_pointer - write a pointer field of a record at @at of @section. */
void record_pointer(struct emitter *e, uint32_t section, uint64_t at, uint32_t symbol,
		    uint64_t addend);

/* record_string - the same for a field that points to a string, which is added. */
void record_string(struct emitter *e, uint32_t section, uint64_t at, const char *s);

/*
 * bind_in_parent - find @name in the object that is patched
 *
 * @orig is the symbol of the original that it is the name of, or NULL. Between several of the name
 * the proof decides.
 *
 * Returns false when it is not there; with *@failed set when it cannot be told, which
 * has become a finding then.
 */
bool bind_in_parent(struct emitter *e, const char *name, bool local, const struct symbol *orig,
		    struct binding *b, bool *failed);

/*
 * refuse_freed - refuse what uses init code or data of the parent, but where it did so already
 *
 * Returns true where it is refused, here or as a reference to the unit's own.
 */
bool refuse_freed(struct emitter *e, const struct parent_symbol *sym);

/*
 * refuse_unmarked - refuse to take the address of a function that pointers cannot lead to
 *
 * Returns true where it is refused. Not asked where only the symbols of the parent are known.
 */
bool refuse_unmarked(struct emitter *e, const struct parent_symbol *sym);

/*
 * refuse_unmarked_local - the same where another unit of the patch defines @name
 *
 * That may have been a local function of the kernel, which keeps its place.
 */
void refuse_unmarked_local(struct emitter *e, const char *name);

/*
 * tell_unlike - warn, once, where the parent is hardly the one of the objects
 *
 * For places where a symbol is missed: the likely cause is the same for all of them.
 */
void tell_unlike(struct diff *diff);

/* external_symbol - the symbol in the output for something global outside of the patch module. */
uint32_t external_symbol(struct emitter *e, const char *name, uint8_t bind);

/* text_symbol - the symbol in the output for _text of vmlinux, from which places are counted. */
uint32_t text_symbol(struct emitter *e);

/* original_symbol - the symbol in the output for the original of something that has a twin. */
uint32_t original_symbol(struct emitter *e, const struct symbol *sym);

/*
 * share_symbols - bind what other units use of this one, under the name that they have for it
 *
 * What the patch makes global (diff->shared) is a local symbol of the kernel, which only this
 * object can tell from others of that name. What is new is defined in the output and needs nothing.
 */
void share_symbols(struct emitter *e);

#endif /* EMITTER_H */
