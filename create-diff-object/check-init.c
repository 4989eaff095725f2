// SPDX-License-Identifier: GPL-2.0-only
/* Code that has run when a patch is loaded: of init, and exit code of what cannot be removed. */
#include "check.h"
#include "code-changes.h"
#include "kinds.h"
#include "inlined-copies.h"
#include "report.h"
#include "util.h"

#include <stdlib.h>

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

bool was_init(const struct diff *diff, const struct section *sec)
{
	return diff->orig.sections[sec->twin].kind == KIND_INIT;
}

/*
 * Code and data that init code uses. Everything else of the init sections is rows that the kernel
 * walks at its start: initcalls, boot parameters.
 */
static bool is_row(const struct section *sec)
{
	static const char *const plain[] = { ".init.text", ".init.data", ".init.rodata",
					     ".init.bss",  ".exit.text", ".exit.data" };
	size_t i;

	for (i = 0; i < sizeof(plain) / sizeof(plain[0]); i++) {
		if (has_prefix(sec->name, plain[i]))
			return false;
	}
	return true;
}

/* An init section of either object that is another one. */
struct init_change {
	struct spot spot;
	const struct section *sec;
	const char *what; /* static text */
	char *inlined; /* what alone changed in it: "f() of FILE"; NULL: not that, or not known */
	bool shown; /* that one changed in code that is replaced, too */
};

struct init_changes {
	struct init_change *list;
	size_t nr, max;
};

static void add_init_change(struct init_changes *changes, struct spot spot, const char *what)
{
	grow(changes->list, changes->nr, changes->max);
	changes->list[changes->nr++] =
		(struct init_change){ .spot = spot, .sec = spot.sec, .what = what };
}

static void find_init_changes(struct diff *diff, struct init_changes *changes)
{
	const struct section *sec;

	for_each_section (&diff->patched, sec) {
		if (sec->kind == KIND_INIT && is_changed(sec))
			add_init_change(changes, spot_of_change(diff, sec), "changed");
	}
	for_each_section (&diff->orig, sec) {
		if (sec->kind == KIND_INIT && is_gone(sec))
			add_init_change(changes, spot_in_orig(diff, sec), "is gone");
	}
}

static void find_inlined(struct diff *diff, struct init_changes *changes)
{
	size_t i;

	for (i = 0; i < changes->nr; i++) {
		const struct section *sec = changes->list[i].sec;

		if (changes->list[i].spot.obj == &diff->patched && sec->twin &&
		    sec->shdr.sh_flags & SHF_EXECINSTR)
			changes->list[i].inlined =
				changed_by_inlined(diff, sec, &changes->list[i].shown);
	}
}

static void refuse(struct diff *diff, const struct init_change *change)
{
	const char *label = section_label(change->spot.obj, change->sec);

	if (!patches_vmlinux(diff))
		finding_at(diff, "init-code-changed", change->spot,
			   "leave this part of the change out, and give who loads the module later "
			   "a "
			   "new one; or do what it needs in a callback (KPATCH_PRE_PATCH_CALLBACK)",
			   "%s (section %s) %s, but init code of a module runs before it can be "
			   "patched, and exit code cannot be redirected",
			   label, change->sec->name, change->what);
	else
		finding_at(diff, "init-code-changed", change->spot,
			   "leave this part of the change out, or do what it needs in a callback "
			   "(KPATCH_PRE_PATCH_CALLBACK)",
			   "%s (section %s) %s, but init code has run already, and exit code never "
			   "runs",
			   label, change->sec->name, change->what);
}

/* When the code that stays runs. */
static const char *old_code_runs(const struct diff *diff, const struct init_change *change)
{
	bool at_exit = has_prefix(change->sec->name, ".exit");

	if (!patches_vmlinux(diff))
		return at_exit ? "the module runs the old one when it is removed"
			       : "where the module is loaded later, it runs the old one";
	return at_exit ? "exit code of the kernel never runs" : "it has run already";
}

static void tell_inlined(struct diff *diff, const struct init_change *change)
{
	const char *label = section_label(change->spot.obj, change->sec);
	const char *runs = old_code_runs(diff, change);
	/* kpatch-build reads that: diff_check_inlined() */
	const char *only = change->shown ? "" : ", which changed in nothing that is replaced";

	if (!patches_vmlinux(diff))
		warning_at(diff, "init-code-inlined", change->spot, NULL,
			   "%s (section %s) changed by the inlined %s%s, and stays as it is: %s",
			   label, change->sec->name, change->inlined, only, runs);
	else
		note_at(diff, "init-code-inlined", change->spot, NULL,
			"%s (section %s) changed by the inlined %s%s, and stays as it is: %s",
			label, change->sec->name, change->inlined, only, runs);
}

static void tell_only_init(struct diff *diff, const struct init_change *change)
{
	note_at(diff, "only-init-code", change->spot,
		"where it would have set up something else, do that in a callback "
		"(KPATCH_PRE_PATCH_CALLBACK)",
		"only init code changes: %s (section %s) %s, but %s: nothing to do on a running "
		"kernel",
		section_label(change->spot.obj, change->sec), change->sec->name, change->what,
		old_code_runs(diff, change));
}

/* Whether there is nothing but code that has run in the kernel itself. */
static bool is_init_only(const struct diff *diff, const struct init_changes *changes)
{
	size_t i;

	if (!patches_vmlinux(diff) || is_refused(diff) || anything_carried(&diff->patched))
		return false;
	for (i = 0; i < changes->nr; i++) {
		if (is_row(changes->list[i].sec))
			return false;
	}
	return changes->nr;
}

static void tell_init_changes(struct diff *diff, struct init_changes *changes)
{
	bool init_only = is_init_only(diff, changes);
	size_t i;

	for (i = 0; i < changes->nr; i++) {
		if (changes->list[i].inlined)
			tell_inlined(diff, &changes->list[i]);
		else if (init_only)
			tell_only_init(diff, &changes->list[i]);
		else
			refuse(diff, &changes->list[i]);
	}
}

static void check_made_permanent(struct diff *diff)
{
	const struct section *sec;

	for_each_section (&diff->patched, sec) {
		if (is_replaced(sec) && was_init(diff, sec))
			finding_at(diff, "init-code-changed", spot_of(diff, sec),
				   "give it another name, with which it is new",
				   "%s is init code in the original (section %s), which the "
				   "running kernel has not any more",
				   section_label(&diff->patched, sec),
				   diff->orig.sections[sec->twin].name);
	}
}

void check_init(struct diff *diff)
{
	struct init_changes changes = { 0 };
	size_t i;

	check_made_permanent(diff);
	find_init_changes(diff, &changes);
	find_inlined(diff, &changes);
	tell_init_changes(diff, &changes);
	for (i = 0; i < changes.nr; i++)
		free(changes.list[i].inlined);
	free(changes.list);
}
