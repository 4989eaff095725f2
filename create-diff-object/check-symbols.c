// SPDX-License-Identifier: GPL-2.0-only
/* Names: weak ones, two for one function, and those that the kernel has already. */
#include "check.h"
#include "parent.h"
#include "report.h"

/*
 * A weak function gives way to one of that name in another object, where there is one, and
 * a strong one does not: the link of the kernel would have come out differently.
 */
void check_binding(struct diff *diff)
{
	const struct symbol *sym;

	for_each_symbol (&diff->patched, sym) {
		const struct symbol *twin = &diff->orig.symbols[sym->twin];

		if (sym->twin && (sym->bind == STB_WEAK) != (twin->bind == STB_WEAK))
			finding_at(diff, "binding-changed",
				   spot_of(diff, &diff->patched.sections[sym->section]),
				   "leave the attribute as it is",
				   "%s is weak in only one of the original and the patched object, "
				   "but which one the kernel has is settled",
				   sym->name);
	}
}

/*
 * Functions that share one address in the kernel (aliases, such as
 * thermal_genl_event_tz_trip_change() in Linux 6.1, or code that gcc folded) are redirected
 * together, so they have to be one in the patched object as well, and the other way round.
 */
void check_aliases(struct diff *diff)
{
	const struct symbol *sym;

	for_each_symbol (&diff->patched, sym) {
		const struct symbol *twin = &diff->orig.symbols[sym->twin];

		if (sym->type == STT_FUNC && sym->twin &&
		    diff->patched.sections[sym->section].kind == KIND_TEXT &&
		    diff->orig.sections[twin->section].twin != sym->section)
			finding_at(diff, "alias-split",
				   spot_of(diff, &diff->patched.sections[sym->section]),
				   "change all functions that share it in the same way, or none",
				   "%s shares its code with another function in the original or in "
				   "the patched object, but not in both",
				   sym->name);
	}
	for_each_symbol (&diff->orig, sym) {
		const struct section *sec = &diff->orig.sections[sym->section];

		if (sym->type == STT_FUNC && !sym->twin && sec->twin && sec->kind == KIND_TEXT &&
		    sym->value == entry_offset(&diff->orig, sec) &&
		    is_replaced(&diff->patched.sections[sec->twin]))
			finding_at(diff, "alias-split", spot_in_orig(diff, sec),
				   "leave it as it is, or make the same change in both",
				   "%s is gone, but in the kernel it shares its code with %s, "
				   "which changed; whoever still calls it would get the changed "
				   "code",
				   sym->name, section_label(&diff->orig, sec));
	}
}

/*
 * A new function that the parent already has under that name would not be the one that
 * is called: a strong definition of a weak function, or one that moved from another file.
 */
void check_names(struct diff *diff)
{
	const struct section *sec;
	bool ambiguous;

	for_each_section (&diff->patched, sec) {
		const struct symbol *sym = covering_symbol(&diff->patched, sec);

		if (sec->carried && sec->status == STATUS_NEW && sym && sym->bind != STB_LOCAL &&
		    parent_lookup(diff->parent, sym->name, false, &ambiguous))
			finding_at(diff, "symbol-exists", spot_of(diff, sec),
				   "change it where it is, or choose another name",
				   "%s is new in this file, but %s has it already, and its other "
				   "code would go on using that one",
				   sym->name, diff->parent_name);
	}
}
