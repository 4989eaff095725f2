// SPDX-License-Identifier: GPL-2.0-only
/* What a kernel or module exports or declares about itself. */
#include "check.h"
#include "report.h"

void check_exports(struct diff *diff)
{
	const struct section *sec;

	for_each_section (&diff->patched, sec) {
		if (sec->kind == KIND_EXPORT && is_changed(sec))
			finding_at(diff, "export-changed", spot_of(diff, sec),
				   "leave that part out of the patch",
				   "%s changed: what a kernel or module exports or declares about "
				   "itself is fixed when it is loaded",
				   sec->name);
	}
	for_each_section (&diff->orig, sec) {
		if (sec->kind == KIND_EXPORT && is_gone(sec))
			finding_at(diff, "export-changed", spot_in_orig(diff, sec),
				   "leave that part out of the patch",
				   "%s is gone: what a kernel or module exports is fixed when it "
				   "is loaded",
				   sec->name);
	}
}
