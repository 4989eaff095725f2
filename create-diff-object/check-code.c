// SPDX-License-Identifier: GPL-2.0-only
/* What speaks against replacing code: how it is entered and left. */
#include "arch/arch.h"
#include "check.h"
#include "kinds.h"
#include "report.h"

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
			const struct section *target = &obj->sections[rela->target];

			if (rela->target && target->kind == KIND_TEXT && !target->owner &&
			    target->status == STATUS_NEW &&
			    rela->target != section_index(obj, sec) &&
			    arch_x86_64.is_branch(sec, rela) && !arch_x86_64.is_call(sec, rela))
				finding_at(diff, "tail-call", spot_at(diff, sec, rela->offset),
					   "put a barrier() behind that call",
					   "%s ends in a jump to the new function %s, in which the "
					   "kernel would not find a sleeping task when the patch "
					   "is removed",
					   section_label(obj, function),
					   section_label(obj, target));
		}
	}
}
