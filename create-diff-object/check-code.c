// SPDX-License-Identifier: GPL-2.0-only
/* What speaks against replacing code: when it runs, and how it is entered and left. */
#include "arch/arch.h"
#include "check.h"
#include "code-changes.h"
#include "kinds.h"
#include "report.h"

/* Where code first differs from the original; where it begins if it is new, or only shorter. */
static struct spot spot_of_change(struct diff *diff, const struct section *sec)
{
	const struct section *orig = &diff->orig.sections[sec->twin];
	struct difference d;

	if (!sec->twin || !(sec->shdr.sh_flags & SHF_EXECINSTR) || !sec->data || !orig->data)
		return spot_of(diff, sec);
	if (find_first_change(diff, orig, sec, &d))
		return d.ended ? spot_of(diff, sec) : spot_at(diff, sec, d.offset);
	/* the code is the same, but not an entry of a table */
	return sec->reason.offset ? spot_at(diff, sec, sec->reason.offset) : spot_of(diff, sec);
}

/* Init code has run and its memory is freed; exit code of built-in objects never runs. */
static void tell_init(struct diff *diff, struct spot spot, const char *what)
{
	finding_at(diff, "init-code-changed", spot,
		   "leave this part of the change out, or do what it needs in a callback "
		   "(KPATCH_PRE_PATCH_CALLBACK)",
		   "%s (section %s) %s, but init code has run already, and exit code runs when the "
		   "module is removed or never",
		   section_label(spot.obj, spot.sec), spot.sec->name, what);
}

static bool was_init(const struct diff *diff, const struct section *sec)
{
	return diff->orig.sections[sec->twin].kind == KIND_INIT;
}

void check_init(struct diff *diff)
{
	const struct section *sec;

	for_each_section (&diff->patched, sec) {
		if (sec->kind == KIND_INIT && is_changed(sec))
			tell_init(diff, spot_of_change(diff, sec), "changed");
		else if (is_replaced(sec) && was_init(diff, sec))
			finding_at(diff, "init-code-changed", spot_of(diff, sec),
				   "give it another name, with which it is new",
				   "%s is init code in the original (section %s), which the "
				   "running kernel has not any more",
				   section_label(&diff->patched, sec),
				   diff->orig.sections[sec->twin].name);
	}
	for_each_section (&diff->orig, sec) {
		if (sec->kind == KIND_INIT && is_gone(sec))
			tell_init(diff, spot_in_orig(diff, sec), "is gone");
	}
}

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
				   "(notrace, noinstr, or a file built without it), so it cannot "
				   "be redirected",
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
