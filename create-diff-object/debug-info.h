/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Asking the debug information of both objects, in a process of its own: libdwarf
 * (20210528) frees memory twice on some damaged debug information.
 *
 * The process compares types as soon as it is started, while the passes run, and then
 * answers questions until it is stopped.
 */
#ifndef DEBUG_INFO_H
#define DEBUG_INFO_H

#include "object.h"
#include "type-changes.h"

/* A function whose code the compiler put into another one. */
struct inlined {
	const char *name;
	const char *file; /* where the function is declared; NULL: not known */
	uint64_t line;
	const char *call_file; /* where it is called; NULL: not known */
	uint64_t call_line;
};

#define MAX_INLINED 16

/* What the debug information knows about an instruction or a variable. */
struct origin {
	char *text; /* what the rest points into */
	const char *file; /* NULL: not known */
	uint64_t line;
	struct inlined inlined[MAX_INLINED]; /* the innermost first */
	size_t nr_inlined;
};

struct debug_info;

/*
 * start_debug_info - start the process
 *
 * Both objects have to be loaded, and not normalised. Exits with EXIT_ERROR when there can
 * be no process.
 */
struct debug_info *start_debug_info(struct diff *diff);

/*
 * find_origin - which source line, and which inlined functions, made what is at
 * @offset of @sec
 *
 * Returns false when it is not known. The answer is freed with free_origin().
 */
bool find_origin(const struct diff *diff, const struct object *obj, const struct section *sec,
		 uint64_t offset, struct origin *origin);
void free_origin(struct origin *origin);

/* A copy of an inlined function, by the function that it is in. */
struct copy {
	bool orig; /* in the original, else in the patched object */
	uint64_t address; /* debug_address() of that one's code; 0: not known */
	char *name;
};

struct copies {
	struct copy *list;
	size_t nr, max;
};

/*
 * find_copies - all copies, in both objects, of the function that is inlined at @offset of @sec:
 * the one with the index @level of struct origin
 *
 * Returns false where the process cannot tell. Freed with free_copies() in any case.
 */
bool find_copies(const struct diff *diff, const struct object *obj, const struct section *sec,
		 uint64_t offset, unsigned int level, struct copies *copies);
void free_copies(struct copies *copies);

/*
 * is_called_by_registers - whether nothing of what the function @sec of the patched object is
 * called with comes on the stack
 *
 * False where that is not known.
 */
bool is_called_by_registers(const struct diff *diff, const struct section *sec);

/*
 * all_calls_return - whether no call of the function @sec is of one that is declared noreturn
 *
 * False where that is not known.
 */
bool all_calls_return(const struct diff *diff, const struct object *obj, const struct section *sec);

/*
 * await_type_changes - what compare_types() found out, when it has; may be asked once
 *
 * The caller frees @changes.
 */
void await_type_changes(struct debug_info *info, struct type_changes *changes);

void stop_debug_info(struct debug_info *info);

#endif /* DEBUG_INFO_H */
