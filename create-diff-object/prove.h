/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the steps of prove() share: the comparison of the original's functions with the shipped
 * code of the parent.
 *
 * A step is tried for a function and all that belongs to it: its unlikely part, snippets
 * of alternatives, data without a name. What is found out on the way, as the addresses of symbols,
 * is kept when all of it is the same, and undone otherwise.
 */
#ifndef PROVE_H
#define PROVE_H

#include "object.h"
#include "shipped.h"

enum proof_state {
	PROOF_UNTRIED,
	PROOF_PROVEN,
	PROOF_DIFFERS,
	PROOF_OPEN, /* it cannot be told */
	PROOF_SEVERAL, /* nor which of several places it is at, until something refers to it */
	PROOF_MISSING, /* not in the parent, or another one is in its place: others say so */
};

/* Code of the original beside shipped code: a function, an unlikely part, a snippet. */
struct proven_code {
	uint64_t start, end; /* in its section */
	uint64_t address, size; /* of the shipped one */
	const struct shipped_symbol *symbol; /* NULL: a snippet */
	uint32_t *twins; /* see struct beside */
	uint64_t *places; /* of each relocation of the section, what the shipped one refers to */
};

/* An address that is known. */
struct solution {
	uint64_t address;
	bool known;
};

/* A reference into code, which can be checked when that code has been compared. */
struct pending {
	uint32_t from; /* section of the original */
	uint64_t offset; /* in it */
	uint32_t target;
	int64_t target_offset;
	uint64_t place; /* of the shipped side */
};

struct undo {
	bool is_symbol;
	uint32_t index;
};

/* Why something is not the same. */
struct failure {
	bool open; /* it cannot be told whether it is */
	uint32_t section; /* of the original; 0: none yet */
	uint64_t offset;
	char *text;
	uint64_t tried; /* where the function was looked for; 0: at several places */
};

struct table_index;

struct proof {
	struct diff *diff;
	const struct object *orig;
	struct shipped *shipped;
	enum proof_state *states; /* per section of the original */
	struct proven_code **codes; /* per section */
	struct solution *sections; /* of code: of its symbol */
	struct solution *symbols; /* of undefined ones */
	uint32_t *buckets, *chain; /* sections with a solution, by address */
	uint32_t file; /* the STT_FILE symbol of the parent that stands for the object; 0: unknown */

	/* the step that is tried */
	uint32_t function;
	struct undo *undo;
	size_t nr_undo, max_undo;
	uint32_t *work; /* sections whose contents are to be compared */
	size_t nr_work, max_work;
	struct pending *pending;
	size_t nr_pending, max_pending;
	struct failure failure;
	struct failure *failures; /* per section: of functions that differ */

	struct table_index *tables;
	size_t nr_tables;
	uint32_t *runtime; /* sections of the original with places of runtime constants */
	size_t nr_runtime;
};

/* fail - note why the step fails, unless that is known; returns false. */
bool fail(struct proof *proof, bool open, uint32_t section, uint64_t offset, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));

/* place_name - what a shipped address is called, as "name+0x10"; to be freed. */
char *place_name(const struct proof *proof, uint64_t address);

/*
 * try_proof - compare all functions of the original with the parent's
 *
 * NULL where the parent is not there with its code. Free with free_proof().
 */
struct proof *try_proof(struct diff *diff);

/*
 * located_symbol - the shipped symbol of a symbol's name, by where the object's symbols are
 *
 * NULL where that is not known. Nothing says that the one is what the other is.
 */
const struct shipped_symbol *located_symbol(const struct proof *proof, const struct symbol *sym);

/*
 * is_provable - whether a section of the original is a function that try_proof() looks at
 *
 * Init code is none. No patch replaces it: that of the kernel has run, and that of a module, where
 * that is loaded later, runs as it was shipped, whatever it has inline (check-init.c).
 */
bool is_provable(const struct object *obj, const struct section *sec);

/* prove-places.c: what references lead to. */

/*
 * solve_reference - whether @rela of @from may be at @place in the shipped kernel
 *
 * Adds to the work and to what is pending.
 */
bool solve_reference(struct proof *proof, const struct section *from, const struct rela *rela,
		     uint64_t place);

/* solve_section - whether @index may be at @address, which is that of its symbol where it is code. */
bool solve_section(struct proof *proof, uint32_t index, uint64_t address, uint32_t from,
		   uint64_t offset);

/* entry_place - note where the table entry @index is; false where it is known to be elsewhere. */
bool entry_place(struct proof *proof, uint32_t index, uint64_t address);

/* add_work, add_pending - what is to be compared, and what to be checked, before the step is done. */
void add_work(struct proof *proof, uint32_t index);
void add_pending(struct proof *proof, struct pending pending);

/*
 * data_refers - the place that the shipped field beside @rela refers to, in data at @address
 *
 * False where it is not known, or @rela is of an unknown kind.
 */
bool data_refers(const struct proof *proof, const struct rela *rela, uint64_t address,
		 uint64_t *place);

/* undo_to - forget what was found out since there were @mark things to undo. */
void undo_to(struct proof *proof, size_t mark);

/* matching_symbol - the shipped symbol at @address that @sym of the original can be, or NULL. */
const struct shipped_symbol *matching_symbol(const struct proof *proof, const struct symbol *sym,
					     uint64_t address);

/* compare_contents - data of the original and that at its solved address. */
bool compare_contents(struct proof *proof, uint32_t index);

/* prove-code.c: functions. */

/* prove_function - whether the function of section @index is at @address; keeps nothing if not. */
bool prove_function(struct proof *proof, uint32_t index, uint64_t address);

/* forget_function - undo what prove_function() found last; see undo_to(). */
void forget_function(struct proof *proof, size_t mark, uint32_t file);

/* forget_code - free what is known of the code of section @index. */
void forget_code(struct proof *proof, uint32_t index);

/*
 * shipped_offset - where in the shipped code the twin of @offset of the section is
 *
 * That may be a prefix or an operand of an instruction. False where it has no twin.
 */
bool shipped_offset(const struct proven_code *code, uint64_t offset, uint64_t *at);

/* prove-tables.c: entries of kernel tables. */

/* compare_tables - the entries of the code of section @index. */
bool compare_tables(struct proof *proof, uint32_t index);

/*
 * listed_places - the places in code that the parent's tables with that name or prefix have
 *
 * To be freed.
 */
uint64_t *listed_places(const struct proof *proof, const char *name, bool is_prefix,
			const struct proven_code *code, size_t *nr);
void free_tables(struct proof *proof);

/* is_unproven - the shipped code of @index is another one, or it cannot be told whether it is. */
bool is_unproven(const struct proof *proof, uint32_t index);

/* prove-others.c: functions beside those that are replaced. */

/*
 * refuse_unproven_users - a finding for each function that stays, is unproven, and may have one of
 * @replaced (per section of the original) inline in the shipped kernel
 */
void refuse_unproven_users(struct proof *proof, const bool *replaced);

/*
 * refuse_unproven_callees - a finding for each function that stays, is called by code that the
 * patch brings, and differs from the shipped one
 *
 * What the compiler knew of it would not hold there: which registers and values it needs as a
 * clone, what it returns. Code that calls a weak function knows nothing of it.
 */
void refuse_unproven_callees(struct proof *proof, const bool *replaced);

/*
 * refuse_other_names - a finding where the proven function @index has other names in the shipped
 * kernel
 *
 * Another function at its address: of the same code, folded by the linker, or an alias there only.
 * Or an alias of the original that is a function by itself there. Or it is weak, and what has its
 * name there is that of another file.
 */
void refuse_other_names(struct proof *proof, uint32_t index);

/* prove-data.c: constants and variables. */

/*
 * refuse_unproven_data - a finding for each constant and variable that stays, is used by code that
 * the patch brings, has not been compared, and has another size in the shipped kernel, or as a
 * constant another content
 */
void refuse_unproven_data(struct proof *proof);

#endif /* PROVE_H */
