// SPDX-License-Identifier: GPL-2.0-only
/* What speaks against replacing code: how it is entered and left. */
#include "arch/arch.h"
#include "check.h"
#include "debug-info.h"
#include "exports.h"
#include "kinds.h"
#include "parent.h"
#include "passes.h"
#include "report.h"
#include "lib/thunk-register.h"
#include "util.h"

#include <string.h>

void check_fentry(struct diff *diff)
{
	const struct section *sec;

	for_each_section (&diff->patched, sec) {
		if (is_replaced(sec) && sec->symbol && !was_init(diff, sec) &&
		    !arch_x86_64.has_fentry(&diff->orig, &diff->orig.sections[sec->twin]))
			finding_at(diff, "no-fentry", spot_of(diff, sec),
				   "change its callers instead, for a system call with "
				   "KPATCH_SYSCALL_DEFINE (kpatch-syscall.h)",
				   "%s changed, but it has no call to the tracer at its start "
				   "(notrace, which the kernel's inline implies, "
				   "noinstr, or a file built without it), so it "
				   "cannot be redirected",
				   section_label(&diff->patched, sec));
	}
}

/*
 * A label of assembly code, or code without any, is nothing that could be redirected; nor is an
 * unlikely part, whose function is not there.
 */
void check_unnamed(struct diff *diff)
{
	const struct section *sec;

	for_each_section (&diff->patched, sec) {
		const struct symbol *sym = covering_symbol(&diff->patched, sec);

		if (is_replaced(sec) && (!sym || is_cold_part(sym->name)))
			finding_at(diff, "code-without-function", spot_of(diff, sec),
				   "leave that part of the change out",
				   "code in %s changed that is in no function, so it cannot be "
				   "redirected",
				   sec->name);
	}
}

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
			const struct rela *rela)
{
	const struct object *obj = &diff->patched;
	const struct section *target = &obj->sections[rela->target];

	return (has_own_parameters(obj, function) && is_called_by_registers(diff, function)) ||
	       (rela->target && has_own_parameters(obj, target) &&
		is_called_by_registers(diff, target));
}

/* kpatch-build makes calls of those whose message does not speak of the stack's arguments. */
static void refuse_jump(struct diff *diff, const struct section *sec, const struct rela *rela,
			const struct section *function)
{
	const struct object *obj = &diff->patched;

	finding_at(diff, "tail-call", spot_at(diff, sec, rela->offset),
		   "put a barrier() behind that call",
		   "%s ends in a jump to the new function %s, %sin which the kernel would not find "
		   "a sleeping task when the patch is removed",
		   section_label(obj, function),
		   rela->target ? section_label(obj, &obj->sections[rela->target])
				: obj->symbols[rela->symbol].name,
		   can_be_call(diff, function, rela) ? ""
						     : "which may have arguments on the stack "
						       "and ");
}

/*
 * What neither the kernel nor its modules have is of another unit of the patch. What the original
 * uses is not, whatever the parent tells.
 */
static bool is_new_elsewhere(const struct diff *diff, const struct symbol *sym)
{
	bool ambiguous;

	return sym->shndx == SHN_UNDEF && sym->bind == STB_GLOBAL &&
	       !has_prefix(sym->name, "__SCT__") && thunk_register(sym->name) < 0 &&
	       !original_uses(diff, sym->name) && !exporter_of(diff->exports, sym->name, NULL) &&
	       !parent_lookup(diff->parent, sym->name, false, &ambiguous) && !ambiguous;
}

static bool is_jump_to_new(const struct diff *diff, const struct section *sec,
			   const struct rela *rela)
{
	const struct object *obj = &diff->patched;
	const struct section *target = &obj->sections[rela->target];

	if (!arch_x86_64.is_branch(sec, rela) || arch_x86_64.is_call(sec, rela))
		return false;
	if (!rela->target)
		return is_new_elsewhere(diff, &obj->symbols[rela->symbol]);
	return target->kind == KIND_TEXT && !target->owner && target->status == STATUS_NEW &&
	       rela->target != section_index(obj, sec);
}

/* How many tables and structures lead to each other. */
#define MAX_DEPTH 4

/* The new function whose address code has, or what it reads that comes with the patch; or NULL. */
static const struct section *new_function_by_address(const struct object *obj,
						     const struct section *from, int depth)
{
	const struct section *found = NULL;
	const struct rela *rela;

	for_each_rela (from, rela) {
		const struct section *target = &obj->sections[rela->target];

		if (!rela->target || found || !target->carried)
			continue;
		if (target->kind == KIND_TEXT)
			found = target->status == STATUS_NEW && !target->owner &&
						!arch_x86_64.is_branch(from, rela)
					? target
					: NULL;
		else if (depth && (target->kind == KIND_DATA || target->kind == KIND_RODATA))
			found = new_function_by_address(obj, target, depth - 1);
	}
	return found;
}

/* In any part of the function. */
static const struct section *new_function_by_part(const struct object *obj,
						  const struct section *function)
{
	const struct section *sec, *found = NULL;

	for_each_section (obj, sec) {
		if (!found && sec->carried && sec->kind == KIND_TEXT &&
		    function_of(obj, section_index(obj, sec)) == section_index(obj, function))
			found = new_function_by_address(obj, sec, MAX_DEPTH);
	}
	return found;
}

/* Which function a pointer leads to is not known: one that the code has itself is taken for it. */
static void check_jump_by_register(struct diff *diff, const struct section *sec,
				   const struct section *function)
{
	const struct object *obj = &diff->patched;
	const struct section *target;
	uint64_t at;

	if (!arch_x86_64.jumps_by_register(obj, sec, &at))
		return;
	target = new_function_by_part(obj, function);
	if (target)
		finding_at(diff, "tail-call", spot_at(diff, sec, at),
			   "put a barrier() behind that call",
			   "%s ends in a jump to where a pointer leads, perhaps to the new "
			   "function %s, in which the kernel would not find a sleeping task "
			   "when the patch is removed",
			   section_label(obj, function), section_label(obj, target));
}

/*
 * The kernel's stack check looks for the functions that replace others. A task that sleeps
 * in a new function is found through its caller, which has to be on the stack
 * (klp_check_stack_func() of kernel/livepatch/transition.c, Linux 6.1).
 */
void check_tail_calls(struct diff *diff)
{
	const struct object *obj = &diff->patched;
	const struct section *sec;
	const struct rela *rela;

	for_each_section (obj, sec) {
		const struct section *function =
			&obj->sections[function_of(obj, section_index(obj, sec))];

		if (!sec->carried || sec->kind != KIND_TEXT || function->status == STATUS_NEW)
			continue;
		for_each_rela (sec, rela) {
			if (is_jump_to_new(diff, sec, rela))
				refuse_jump(diff, sec, rela, function);
		}
		check_jump_by_register(diff, sec, function);
	}
}
