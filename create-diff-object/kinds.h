/* SPDX-License-Identifier: GPL-2.0-only */
/* What a section is for, and what the compiler's names say. */
#ifndef KINDS_H
#define KINDS_H

#include "object.h"

/* What the macro __UNIQUE_ID() begins a name with; a number that counts its uses ends it. */
#define UNIQUE_ID "__UNIQUE_ID_"

/*
 * What the names of sections begin with that have the places of constants in code which the kernel
 * fills in when it starts (asm/runtime-const.h, Linux 6.12): runtime_ptr_x, runtime_shift_x.
 */
#define RUNTIME_TABLES "runtime_"

/* section_kind - what a section of the file is for, by flags and name. */
enum section_kind section_kind(const struct section *sec);

/*
 * is_call_site_data - data that a macro makes anew at each place of use
 *
 * Such data (WARN_ONCE's flag, lockdep's key, __func__, a switch table) cannot be
 * paired by name: the compiler numbers it through the file. The state of an
 * ordinary variable of the same name must not be lost, so name alone does not
 * decide: writable data must sit where the macro puts it. A ratelimit's state is such
 * data only where it could not be paired.
 */
bool is_call_site_data(const struct object *obj, const struct section *sec);

/*
 * is_sanitizer_data - what -fsanitize=undefined makes for the call of a handler
 *
 * Places and types, as gcc and clang name them with -fdata-sections; without a symbol.
 * Writable, since the kernel marks there what it has reported (lib/ubsan.c).
 */
bool is_sanitizer_data(const struct section *sec);

/* can_have_twin - whether correlate() shall look for the twin of this data. */
bool can_have_twin(const struct object *obj, const struct section *sec);

/*
 * is_anonymous - whether data has no identity of its own: equal content is the same
 * thing, and a carried function gets a copy
 *
 * Meant for after correlate(). A constant inside of a function is anonymous where it
 * could not be paired: the tables that __print_symbolic() makes are all called
 * "symbols", several in one function.
 */
bool is_anonymous(const struct object *obj, const struct section *sec);

/*
 * same_anonymous_name - whether anonymous data @a of @obj_a and @b of @obj_b can be the same thing
 * by what they are called, leaving out the compiler's numbers
 */
bool same_anonymous_name(const struct object *obj_a, const struct section *a,
			 const struct object *obj_b, const struct section *b);

/* btf_id_number - the one that ends "__BTF_ID__func__NAME__1234" (linux/btf_ids.h, __ID()), or NULL
 */
const char *btf_id_number(const char *name);

/* is_percpu - whether variables of a section are at another place for each processor. */
bool is_percpu(const struct section *sec);

/* is_ro_after_init - whether the kernel makes the section read-only when it has started. */
bool is_ro_after_init(const struct section *sec);

/*
 * is_special - whether a data section is one that the kernel or its build gives a meaning
 * by name, beyond variables and constants
 */
bool is_special(const struct section *sec);

/*
 * base_length - length of a name without the number that the compiler adds
 *
 * "count.12" and "count.3" have the base "count", "f.isra.0" the base "f.isra".
 * A name without a number is its own base.
 */
size_t base_length(const char *name);

/*
 * compare_bases - order two names with all of the compiler's numbers left out
 *
 * Returns less than, equal to or more than 0, as strcmp() does; 0 for
 * "f.isra.0.cold" and "f.isra.3.cold", and for two __UNIQUE_ID_ names that differ
 * in digits only.
 */
int compare_bases(const char *a, const char *b);

/* is_numbered - whether the compiler added a number to the name. */
bool is_numbered(const char *name);

/*
 * is_static_local - whether a symbol has a name that its function's other variables may have
 *
 * gcc numbers static locals ("count.12"); clang puts the function's name in front, and a
 * number behind only where a name occurs again ("show.count", "show.count.1").
 */
bool is_static_local(const struct symbol *sym);

/* is_once_state - what DO_ONCE() keeps of its call: which is which the call tells. */
bool is_once_state(const struct symbol *sym);

/*
 * variable_name - where in the name of a variable that is begins which the source gives it
 *
 * A number of the compiler's may stand behind it: "count.12" of gcc, "count.1" in clang's
 * "show.count.1".
 */
const char *variable_name(const char *name);

/*
 * is_build_name - whether a symbol is another name of something, for the kernel's build alone
 *
 * MODULE_DEVICE_TABLE() of Linux 7.2 makes one of a table; scripts/Makefile.vmlinux takes it away.
 */
bool is_build_name(const char *name);

/* is_btf_entry - whether a section is an entry of .BTF_ids, named by kind, line and counter. */
bool is_btf_entry(const struct object *obj, const struct section *sec);

/*
 * export_label_name - what the row of .export_symbol behind a label exports (Linux 6.4 on), or
 * NULL where the name is not that of such a label
 */
const char *export_label_name(const char *name);

/* is_cold_part - whether the name is that of the unlikely part of a function. */
bool is_cold_part(const char *name);

/* is_unlikely_part - whether the section is such a part of a function that is known: its owner. */
bool is_unlikely_part(const struct object *obj, const struct section *sec);

#endif /* KINDS_H */
