// SPDX-License-Identifier: GPL-2.0-only
/* What speaks against replacing code: how it is entered and left. */
#include "arch/arch.h"
#include "check.h"
#include "kinds.h"
#include "report.h"
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
