/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The passes, in the order of main.c. A pass is one function over the pair; passes
 * do not call each other.
 */
#ifndef PASSES_H
#define PASSES_H

#include "object.h"

/*
 * check_pair - whether the objects can be two compiles of one source file
 *
 * Exits with EXIT_ERROR where they are of two files; warns where by two compilers.
 */
void check_pair(struct diff *diff);

/*
 * normalise - cut one object into what can be carried on its own, and spell every
 * reference the same way: as a section and an offset in it, or an undefined symbol
 *
 * @parent_path is where table entry sizes are read from when the environment does
 * not give them.
 */
void normalise(struct object *obj, const char *parent_path);

/* own_cold_parts - connect each unlikely part with its function; a step of normalise(). */
void own_cold_parts(struct object *obj);

/* correlate - who is whose twin: symbols, then the sections that they cover. */
void correlate(struct diff *diff);

/*
 * is_nameless - whether a section has content, but no symbol that could tell what it is
 *
 * It is compared as a whole. Tables, strings and constants have rules of their own.
 */
bool is_nameless(const struct section *sec);

/* compare - same, changed or new, with the reason, for everything in the patched object. */
void compare(struct diff *diff);

/* ignore - take for unchanged what the author of the patch says may be ignored. */
void ignore(struct diff *diff);

/*
 * replace_callers - where a changed function cannot be redirected, but all of its callers can
 *
 * Those become changed, and the function new.
 */
void replace_callers(struct diff *diff);

/* expand - what has to be carried, from the changed functions on. */
void expand(struct diff *diff);

/*
 * settle_module_keys - static keys and static calls of the patched module
 *
 * Those of tracepoints are switched off in the patched code, with a warning; all others
 * are findings.
 */
void settle_module_keys(struct diff *diff);

/* is_tracepoint_call - whether a symbol is the trampoline of a tracepoint's static call. */
bool is_tracepoint_call(const char *name);

/*
 * prove - compare each function that is replaced with the shipped code
 *
 * What differs, or cannot be proven, is a finding. See proof.h for what is known afterwards.
 */
void prove(struct diff *diff);

/*
 * settle_literals - bind unchanged literals to those that the kernel has
 *
 * What is bound is not carried any more.
 */
void settle_literals(struct diff *diff);

/* check - everything that speaks against the patch; findings, not exits. */
void check(struct diff *diff);

/* shares_anything - whether the original has for itself what another unit uses (diff->shared). */
bool shares_anything(const struct diff *diff);

/* emit - write the diff object; references out of it are resolved on the way. */
void emit(struct diff *diff);

/*
 * same_reference - whether two relocations refer to the same thing
 *
 * @a is of the original, @b of the patched object, after correlate(). Strings and
 * anonymous constants are the same when their content is.
 */
bool same_reference(struct diff *diff, const struct rela *a, const struct rela *b);

/* original_uses - whether the original has a reference to the global @name of somewhere else. */
bool original_uses(const struct diff *diff, const char *name);

/*
 * is_new_elsewhere - whether an undefined symbol of the patched object is of another unit of the
 * patch: neither the kernel nor its modules have it
 *
 * What the original uses is not, whatever the parent tells.
 */
bool is_new_elsewhere(const struct diff *diff, const struct symbol *sym);

/*
 * reference_is_local - whether @rela of @from has to point into the patch module
 *
 * True for what the module carries: new functions and data, copies, and calls to
 * changed functions. An address of a changed function that is stored or compared
 * stays the original's, which all other code uses.
 */
bool reference_is_local(const struct object *obj, const struct section *from,
			const struct rela *rela);

#endif /* PASSES_H */
