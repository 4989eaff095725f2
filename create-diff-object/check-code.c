// SPDX-License-Identifier: GPL-2.0-only
/* What speaks against replacing code: how it is entered and left. */
#include "arch/arch.h"
#include "check.h"
#include "debug-info.h"
#include "kinds.h"
#include "report.h"

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
			const struct section *target)
{
	const struct object *obj = &diff->patched;

	return (has_own_parameters(obj, function) && is_called_by_registers(diff, function)) ||
	       (has_own_parameters(obj, target) && is_called_by_registers(diff, target));
}

/* kpatch-build makes calls of those whose message does not speak of the stack's arguments. */
static void refuse_jump(struct diff *diff, const struct section *sec, const struct rela *rela,
			const struct section *function, const struct section *target)
{
	finding_at(diff, "tail-call", spot_at(diff, sec, rela->offset),
		   "put a barrier() behind that call",
		   "%s ends in a jump to the new function %s, %sin which the kernel would not find "
		   "a sleeping task when the patch is removed",
		   section_label(&diff->patched, function), section_label(&diff->patched, target),
		   can_be_call(diff, function, target) ? ""
						       : "which may have arguments on the stack "
							 "and ");
}

static bool is_jump_to_new(const struct object *obj, const struct section *sec,
			   const struct rela *rela)
{
	const struct section *target = &obj->sections[rela->target];

	return rela->target && target->kind == KIND_TEXT && !target->owner &&
	       target->status == STATUS_NEW && rela->target != section_index(obj, sec) &&
	       arch_x86_64.is_branch(sec, rela) && !arch_x86_64.is_call(sec, rela);
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
			if (is_jump_to_new(obj, sec, rela))
				refuse_jump(diff, sec, rela, function,
					    &obj->sections[rela->target]);
		}
	}
}
