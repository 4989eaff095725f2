// SPDX-License-Identifier: GPL-2.0-only
/*
 * Jumps out of replaced functions, behind which a task may sleep in a new one.
 *
 * The kernel's stack check looks for the functions that replace others. A task that sleeps in a new
 * function is found through its caller, which has to be on the stack (klp_check_stack_func() of
 * kernel/livepatch/transition.c, Linux 6.1).
 */
#include "arch/arch.h"
#include "check.h"
#include "code-places.h"
#include "debug-info.h"
#include "exports.h"
#include "parent.h"
#include "passes.h"
#include "report.h"
#include "lib/thunk-register.h"
#include "util.h"

#include <stdlib.h>
#include <string.h>

static bool has_own_parameters(const struct object *obj, const struct section *function)
{
	const struct symbol *sym = covering_symbol(obj, function);

	return sym && !strstr(sym->name, ".isra");
}

/*
 * A jump leaves to the callee what its own caller put on the stack; behind a call that would lie
 * elsewhere. The compiler makes a jump only if the callee needs no more of it than was there, so
 * that it is enough if one of both has nothing there.
 */
static bool can_be_call(const struct diff *diff, const struct section *function,
			const struct section *target)
{
	const struct object *obj = &diff->patched;

	return (has_own_parameters(obj, function) && is_called_by_registers(diff, function)) ||
	       (target && has_own_parameters(obj, target) && is_called_by_registers(diff, target));
}

/* What @rela refers to, as messages name it. */
static const char *target_name(const struct object *obj, const struct rela *rela)
{
	return rela->target ? section_label(obj, &obj->sections[rela->target])
			    : obj->symbols[rela->symbol].name;
}

bool is_new_elsewhere(const struct diff *diff, const struct symbol *sym)
{
	bool ambiguous;

	return sym->shndx == SHN_UNDEF && sym->bind == STB_GLOBAL &&
	       !has_prefix(sym->name, "__SCT__") && thunk_register(sym->name) < 0 &&
	       !original_uses(diff, sym->name) && !exporter_of(diff->exports, sym->name, NULL) &&
	       !parent_lookup(diff->parent, sym->name, false, &ambiguous) && !ambiguous;
}

static bool is_new_function(const struct section *sec)
{
	return sec->kind == KIND_TEXT && !sec->owner && sec->status == STATUS_NEW;
}

/* How many tables and structures lead to each other. */
#define MAX_DEPTH 4

/* What is read or written there is shorter than a pointer. */
static bool is_number(const struct section *from, const struct rela *rela)
{
	size_t size = arch_x86_64.access_size(from, rela);

	return size && size < sizeof(Elf64_Addr);
}

/*
 * By name, the new function whose address @rela is; of another file, anything that is new there but
 * a number that the code reads or writes.
 */
static const char *new_address(const struct diff *diff, const struct section *from,
			       const struct rela *rela)
{
	const struct object *obj = &diff->patched;
	const struct section *target = &obj->sections[rela->target];
	bool new = rela->target ? is_new_function(target)
				: is_new_elsewhere(diff, &obj->symbols[rela->symbol]) &&
					  !is_number(from, rela);

	return new && !arch_x86_64.is_branch(from, rela) ? target_name(obj, rela) : NULL;
}

/* The same of @from, or of a table or structure that comes with the patch and that it leads to. */
static const char *new_by_address(const struct diff *diff, const struct section *from, int depth)
{
	const struct object *obj = &diff->patched;
	const char *found = NULL;
	const struct rela *rela;

	for_each_rela (from, rela) {
		const struct section *target = &obj->sections[rela->target];

		if (found)
			break;
		if (arch_x86_64.is_branch(from, rela))
			continue;
		found = new_address(diff, from, rela);
		if (!found && rela->target && depth && target->carried &&
		    (target->kind == KIND_DATA || target->kind == KIND_RODATA))
			found = new_by_address(diff, target, depth - 1);
	}
	return found;
}

static const struct section *function_at(const struct object *obj, const struct section *sec)
{
	return &obj->sections[function_of(obj, section_index(obj, sec))];
}

/* By function, what any part of it has so; allocated. */
static const char **find_own(const struct diff *diff)
{
	const struct object *obj = &diff->patched;
	const char **own = xcalloc(obj->nr_sections, sizeof(*own));
	const struct section *sec;

	for_each_section (obj, sec) {
		uint32_t function = function_of(obj, section_index(obj, sec));

		if (sec->carried && sec->kind == KIND_TEXT && !own[function])
			own[function] = new_by_address(diff, sec, MAX_DEPTH);
	}
	return own;
}

/*
 * The same, or what a function of the patch has that it calls, and may return; by function,
 * allocated.
 */
static const char **find_passed(const struct diff *diff, const char **own)
{
	const struct object *obj = &diff->patched;
	const char **passed = xcalloc(obj->nr_sections, sizeof(*passed));
	const struct section *sec;
	const struct rela *rela;

	memcpy(passed, own, obj->nr_sections * sizeof(*passed));
	for_each_section (obj, sec) {
		uint32_t function = function_of(obj, section_index(obj, sec));

		if (!sec->carried || sec->kind != KIND_TEXT)
			continue;
		for_each_rela (sec, rela) {
			if (!passed[function] && arch_x86_64.is_branch(sec, rela))
				passed[function] = own[function_of(obj, rela->target)];
		}
	}
	return passed;
}

static bool can_hand_over(const struct section *sec)
{
	return sec->carried &&
	       (sec->kind == KIND_TEXT || sec->kind == KIND_DATA || sec->kind == KIND_RODATA);
}

/*
 * In anything that is carried: a function may have a pointer from another one, or from a variable.
 * So it may in other units: kpatch-build asks again where there is such a jump (diff_ask_held()).
 */
static const char *new_by_any(struct diff *diff)
{
	const char *found = NULL, *name;
	const struct section *sec;
	const struct rela *rela;

	for_each_section (&diff->patched, sec) {
		if (!can_hand_over(sec))
			continue;
		for_each_rela (sec, rela) {
			name = new_address(diff, sec, rela);
			if (name)
				note(diff, "new-address",
				     "the address of %s, which is new, may be handed over", name);
			found = found ? found : name;
		}
	}
	return found ? found : diff->new_elsewhere;
}

#define UNSEEN "in which the kernel would not find a sleeping task when the patch is removed"

/*
 * kpatch-build makes calls of the jumps of a message that gives no reason why that cannot be, and
 * takes the names from it: diff_jumps().
 */
static void refuse_jump(struct diff *diff, const struct section *sec, const struct rela *rela,
			const struct section *function, const char *passed)
{
	const struct object *obj = &diff->patched;
	const struct section *target = rela->target ? &obj->sections[rela->target] : NULL;
	const char *why = can_be_call(diff, function, target) ? ""
							      : "which may have arguments on the "
								"stack and ";

	if (passed)
		finding_at(diff, "tail-call", spot_at(diff, sec, rela->offset),
			   "put a barrier() behind that call",
			   "%s ends in a jump to %s, which may call the new function %s, %s" UNSEEN,
			   section_label(obj, function), target_name(obj, rela), passed, why);
	else
		finding_at(diff, "tail-call", spot_at(diff, sec, rela->offset),
			   "put a barrier() behind that call",
			   "%s ends in a jump to the new function %s, %s" UNSEEN,
			   section_label(obj, function), target_name(obj, rela), why);
}

/* Neither into the function itself, nor a return. */
static bool leads_out(const struct object *obj, const struct section *sec, const struct rela *rela)
{
	const char *name = obj->symbols[rela->symbol].name;

	if (rela->target)
		return obj->sections[rela->target].kind == KIND_TEXT &&
		       function_at(obj, &obj->sections[rela->target]) != function_at(obj, sec);
	return strcmp(name, "__x86_return_thunk") && thunk_register(name) < 0 &&
	       !has_prefix(name, "__SCT__");
}

static bool leads_to_new(const struct diff *diff, const struct section *sec,
			 const struct rela *rela)
{
	const struct object *obj = &diff->patched;

	return rela->target ? is_new_function(&obj->sections[rela->target]) &&
				      rela->target != section_index(obj, sec)
			    : is_new_elsewhere(diff, &obj->symbols[rela->symbol]);
}

static void check_jumps(struct diff *diff, const struct section *sec,
			const struct section *function, const char *passed)
{
	const struct rela *rela;

	for_each_rela (sec, rela) {
		if (!arch_x86_64.is_branch(sec, rela) || arch_x86_64.is_call(sec, rela))
			continue;
		if (leads_to_new(diff, sec, rela))
			refuse_jump(diff, sec, rela, function, NULL);
		else if (passed && leads_out(&diff->patched, sec, rela))
			refuse_jump(diff, sec, rela, function, passed);
	}
}

/* With a table of labels in the function the jump may be a goto. */
static bool has_labels(const struct object *obj, const uint32_t *places,
		       const struct section *function)
{
	const struct section *sec;

	for_each_section (obj, sec) {
		uint32_t place = places[section_index(obj, sec)];

		if (place && function_at(obj, &obj->sections[place]) == function)
			return true;
	}
	return false;
}

static bool is_by_thunk(const struct object *obj, const struct section *sec, uint64_t at)
{
	const struct rela *rela;

	for_each_rela (sec, rela) {
		if (rela->offset > at)
			return thunk_register(obj->symbols[rela->symbol].name) >= 0;
	}
	return false;
}

/* Which function a pointer leads to is not known: one that the patch has the address of is taken
 * for it. */
static void check_pointers(struct diff *diff, const struct section *sec,
			   const struct section *function, const char *held, bool labels)
{
	const struct object *obj = &diff->patched;
	const char *why = "", *hint = "put a barrier() behind that call";
	uint64_t at;

	if (!held || !arch_x86_64.jumps_by_pointer(obj, sec, &at))
		return;
	if (labels || !is_by_thunk(obj, sec, at)) {
		why = "which may be a goto and ";
		hint = "put a barrier() behind that call, or, if there is none, hand over its "
		       "address in another function";
	} else if (!can_be_call(diff, function, NULL)) {
		why = "which may have arguments on the stack and ";
	}
	finding_at(diff, "tail-call", spot_at(diff, sec, at), hint,
		   "%s ends in a jump to where a pointer leads, perhaps to the new function %s, "
		   "%s" UNSEEN,
		   section_label(obj, function), held, why);
}

/* One is enough for kpatch-build to ask again. */
static bool tell_pointer(struct diff *diff, const struct section *sec,
			 const struct section *function)
{
	uint64_t at;

	if (!arch_x86_64.jumps_by_pointer(&diff->patched, sec, &at))
		return false;
	note(diff, "pointer-jump",
	     "%s ends in a jump to where a pointer leads, which is no new function of this file",
	     section_label(&diff->patched, function));
	return true;
}

/* By name, the new functions whose addresses the patch has; NULL: none. */
struct addresses {
	const char *any;
	const char **own, **passed; /* by function, see find_own() and find_passed() */
	uint32_t *places; /* see find_code_places() */
};

/* A jump of a function with labels may well be a goto, unless the function has the address itself. */
static void check_addresses_held(struct diff *diff, const struct section *sec,
				 const struct section *function, const struct addresses *addresses)
{
	uint32_t index = section_index(&diff->patched, function);
	bool labels = has_labels(&diff->patched, addresses->places, function);

	check_jumps(diff, sec, function, addresses->passed[index]);
	check_pointers(diff, sec, function, labels ? addresses->own[index] : addresses->any,
		       labels);
}

static void find_addresses(struct diff *diff, struct addresses *addresses)
{
	*addresses = (struct addresses){ .any = new_by_any(diff) };
	if (!addresses->any)
		return;
	addresses->own = find_own(diff);
	addresses->passed = find_passed(diff, addresses->own);
	addresses->places = find_code_places(&diff->patched);
}

void check_tail_calls(struct diff *diff)
{
	const struct object *obj = &diff->patched;
	struct addresses addresses;
	const struct section *sec;
	bool told = false;

	find_addresses(diff, &addresses);
	for_each_section (obj, sec) {
		const struct section *function = function_at(obj, sec);

		if (!sec->carried || sec->kind != KIND_TEXT || function->status == STATUS_NEW)
			continue;
		if (addresses.any) {
			check_addresses_held(diff, sec, function, &addresses);
			continue;
		}
		check_jumps(diff, sec, function, NULL);
		told = told || tell_pointer(diff, sec, function);
	}
	free(addresses.own);
	free(addresses.passed);
	free(addresses.places);
}
