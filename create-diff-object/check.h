/* SPDX-License-Identifier: GPL-2.0-only */
/* The rules of check(), and what they share. A rule adds findings and changes nothing. */
#ifndef CHECK_H
#define CHECK_H

#include "object.h"

struct type_change;

/* is_changed - whether something of the patched object is not as it was, or is new. */
bool is_changed(const struct section *sec);

/* is_gone - whether the patched object no longer has something of the original. */
bool is_gone(const struct section *sec);

/* is_replaced - whether a function of the kernel is redirected to this code. */
bool is_replaced(const struct section *sec);

/* find_used - which sections something carried refers to, by their numbers; allocated. */
bool *find_used(const struct object *obj);

/* anything_carried - whether there is anything to put into a patch module. */
bool anything_carried(const struct object *obj);

/*
 * was_freed_used - whether the function of vmlinux that @from belongs to refers to init code or
 * data as often in the original: one with __ref looks whether it is there
 *
 * @target is the section of the patched object that it is in, or 0: in another unit, by its name.
 * Others of the unit say nothing, and one reference says nothing of another. In freed.c.
 */
bool was_freed_used(const struct diff *diff, const struct section *from, uint32_t target,
		    const char *name);

/* refuse_device_table - false, and no finding, where what changed is no MODULE_DEVICE_TABLE() */
bool refuse_device_table(struct diff *diff, const struct section *sec);

/* is_device_table - whether a variable, by the key of its type's change, is refused as such. */
bool is_device_table(const struct diff *diff, const char *key);

/* check-addresses.c */
void check_removed(struct diff *diff);

/* takes_address - whether code or data has what @rela refers to for more than a call or jump. */
bool takes_address(const struct section *sec, const struct rela *rela);

/*
 * taken_address - where code or data of @obj has the address of a function for something else than
 * calls and jumps; NULL: nowhere
 *
 * @external: not a static one. Sets *@taker to the section.
 */
const struct rela *taken_address(const struct object *obj, const char *name, bool external,
				 const struct section **taker);

/*
 * hands_on_others - whether one object has a function that the other does not, and its address is
 * taken: what has stored that before goes on with another function than the new code would
 */
bool hands_on_others(const struct diff *diff);

/*
 * runtime_constant - the variable of a runtime constant (asm/runtime-const.h, Linux 6.12): the
 * section has the places of code into which the kernel writes its value when it starts
 *
 * NULL: it is no such section. In check-references.c.
 */
const char *runtime_constant(const struct section *sec);

/* check-init.c */
void check_init(struct diff *diff);

/* was_init - whether a section of the patched object has its twin in an init section. */
bool was_init(const struct diff *diff, const struct section *sec);

/* check-code.c */
void check_fentry(struct diff *diff);
void check_unnamed(struct diff *diff);

/* check-endless.c */
void check_endless(struct diff *diff);

/* check-keys.c */
void check_keys(struct diff *diff);

/* check-tail-calls.c */
void check_tail_calls(struct diff *diff);

/* check-data.c */
void check_data(struct diff *diff);
void check_code_places(struct diff *diff);
void check_walked(struct diff *diff);
void check_shared_data(struct diff *diff);

/* check-exports.c */
void check_exports(struct diff *diff);

/* check-once.c */
void check_once(struct diff *diff);

/* check-outlives.c */
void check_outlives(struct diff *diff);

/* check-references.c */
void check_unknown(struct diff *diff);
void check_relas(struct diff *diff);

/* check-statics.c */
void check_statics(struct diff *diff);

/*
 * check_prototype - of check_types(): what a function takes or returns changed; refused where it is
 * called as it was, else told where other files may have its address. In check-prototypes.c.
 */
void check_prototype(struct diff *diff, const struct type_change *change);

/* check_gone_variable - of check_types(): a variable is gone, and a new one is of the same type */
void check_gone_variable(struct diff *diff, const struct type_change *change);

/* check-symbols.c */
void check_binding(struct diff *diff);
void check_aliases(struct diff *diff);
void check_names(struct diff *diff);

/*
 * check_types - structures and the like whose layout changed, and prototypes; not one of the rules
 * of check(), since it waits for the process that compares them
 */
void check_types(struct diff *diff);

#endif /* CHECK_H */
