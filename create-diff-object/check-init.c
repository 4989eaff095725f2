// SPDX-License-Identifier: GPL-2.0-only
/* Code that has run when a patch is loaded: of init, and exit code of what cannot be removed. */
#include "changed-text.h"
#include "check.h"
#include "code-changes.h"
#include "kinds.h"
#include "inlined-copies.h"
#include "old-init.h"
#include "part-names.h"
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

static bool is_exit(const struct section *sec)
{
	return has_prefix(sec->name, ".exit");
}

/* An init section of either object that is another one. */
struct init_change {
	struct spot spot;
	const struct section *sec;
	const char *what; /* static text */
	/* Its own source is the same: what made it another one. NULL: not that, or not known */
	char *cause;
	bool header; /* that is an inline function of a header */
	/*
	 * A replaced function that the old code leads to. The init code of a module that is loaded
	 * when the patch is there runs as it was: no source has had both. NULL: none
	 */
	const char *meets;
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

/* What runs now, and after the patch would be init code. */
static bool became_init(const struct diff *diff, const struct section *sec)
{
	return sec->kind == KIND_INIT && sec->twin &&
	       diff->orig.sections[sec->twin].kind == KIND_TEXT;
}

static void find_init_changes(struct diff *diff, struct init_changes *changes)
{
	const struct section *sec;

	for_each_section (&diff->patched, sec) {
		if (sec->kind == KIND_INIT && is_changed(sec) && !became_init(diff, sec))
			add_init_change(changes, spot_of_change(diff, sec), "changed");
	}
	for_each_section (&diff->orig, sec) {
		if (sec->kind == KIND_INIT && is_gone(sec))
			add_init_change(changes, spot_in_orig(diff, sec), "is gone");
	}
}

/* What changed in the source, and was put into this code: what is still seen there, else any. */
static const char *name_cause(struct diff *diff, const struct section *sec)
{
	const struct changed_text *text = diff->changed_text;
	struct inlined_functions *functions = inlined_in(diff, sec);
	const struct changed_name *name = NULL;
	size_t i;

	for (i = 0; i < functions->nr && !name; i++)
		name = find_changed_name(text, functions->list[i].name);
	free_inlined_functions(functions);
	return name ? name->name : text->nr ? text->list[0].name : NULL;
}

/* Functions of headers that only init code of this unit uses, joined by " and "; NULL: none. */
static char *name_elsewhere(const struct changed_text *text)
{
	char *names = NULL;
	size_t i;

	for (i = 0; i < text->nr; i++) {
		char *longer;

		/* the original and the patched one */
		if (!text->list[i].elsewhere ||
		    find_changed_name(text, text->list[i].name) != &text->list[i])
			continue;
		longer = xasprintf("%s%s%s", names ? names : "", names ? " and " : "",
				   text->list[i].name);
		free(names);
		names = longer;
	}
	return names;
}

/*
 * Asks the source. What is inlined tells nothing where the compiler knows its value. kpatch-build
 * looks whether what this unit does not show is part of another one: diff_check_inlined().
 */
static char *changed_by_text(struct diff *diff, const struct section *sec)
{
	const struct changed_text *text = diff->changed_text;
	const char *cause;
	char *elsewhere, *words;

	if (text->more || find_changed_name(text, section_label(&diff->patched, sec)))
		return NULL;
	elsewhere = name_elsewhere(text);
	if (elsewhere) {
		words = xasprintf("only since %s did, which changed in nothing that is replaced "
				  "here",
				  elsewhere);
		free(elsewhere);
		return words;
	}
	cause = name_cause(diff, sec);
	return cause ? xasprintf("only since %s did", cause) : NULL;
}

static char *changed_by_header(struct diff *diff, const struct section *sec)
{
	bool shown;
	char *inlined = changed_by_inlined(diff, sec, &shown), *cause;

	if (!inlined)
		return NULL;
	/* kpatch-build reads that: diff_check_inlined() */
	cause = xasprintf("by the inlined %s%s", inlined,
			  shown ? "" : ", which changed in nothing that is replaced");
	free(inlined);
	return cause;
}

/* Whether replaced code is that function, or has another copy of it that changed. */
static bool is_in_replaced(struct diff *diff, const char *name)
{
	const struct inlined_functions *functions = inlined_functions(diff);
	const struct section *sec;
	size_t i;

	for_each_section (&diff->patched, sec) {
		const char *label = section_label(&diff->patched, sec);
		size_t n = parent_length(&label);

		if (sec->carried && sec->kind == KIND_TEXT && strlen(name) == n &&
		    !strncmp(label, name, n))
			return true;
	}
	for (i = 0; i < functions->nr; i++) {
		if (!strcmp(functions->list[i].name, name))
			return true;
	}
	/* of more, nobody knows */
	return functions->cut;
}

/* What changed in this code was put there from the source of nothing that is replaced. */
static bool is_lost(struct diff *diff, const struct section *sec)
{
	struct inlined_functions *functions;
	bool seen = false, replaced = false;
	size_t i;

	if (!diff->changed_text)
		return false;
	functions = inlined_in(diff, sec);
	for (i = 0; i < functions->nr; i++) {
		if (!find_changed_name(diff->changed_text, functions->list[i].name))
			continue;
		seen = true;
		replaced |= is_in_replaced(diff, functions->list[i].name);
	}
	free_inlined_functions(functions);
	return seen && !replaced;
}

/*
 * The source says it where it is known. A module's exit code comes behind all that the new code has
 * done, and is not left as it is for what changed in its own file; its init code is not for what
 * changed in nothing else.
 */
static char *why_changed(struct diff *diff, const struct section *sec, bool *header)
{
	char *cause = changed_by_header(diff, sec);

	*header = cause;
	if (!diff->changed_text)
		return cause;
	free(cause);
	if (!*header && !patches_vmlinux(diff) && (is_exit(sec) || is_lost(diff, sec)))
		return NULL;
	return changed_by_text(diff, sec);
}

static void find_cause(struct diff *diff, struct init_change *change)
{
	const struct section *sec = change->sec;

	if (change->spot.obj != &diff->patched || !sec->twin ||
	    !(sec->shdr.sh_flags & SHF_EXECINSTR))
		return;
	change->cause = why_changed(diff, sec, &change->header);
	if (change->cause && !patches_vmlinux(diff))
		change->meets = find_meeting(diff, sec);
}

static void find_causes(struct diff *diff, struct init_changes *changes)
{
	size_t i;

	for (i = 0; i < changes->nr; i++)
		find_cause(diff, &changes->list[i]);
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
	bool at_exit = is_exit(change->sec);

	if (!patches_vmlinux(diff))
		return at_exit ? "the module runs the old one when it is removed"
			       : "where the module is loaded later, it runs the old one";
	return at_exit ? "exit code of the kernel never runs" : "it has run already";
}

static void refuse_meeting(struct diff *diff, const struct init_change *change)
{
	finding_at(diff, "init-code-changed", change->spot,
		   "where both go together, say so (KPATCH_IGNORE_FUNCTION of it); else leave this "
		   "part of the change out",
		   "%s (section %s) changed %s, and where the module is %s, it runs as it was, but "
		   "leads to %s, which is replaced: old and new code would meet",
		   section_label(change->spot.obj, change->sec), change->sec->name, change->cause,
		   is_exit(change->sec) ? "removed" : "loaded later", change->meets);
}

static void tell_cause(struct diff *diff, const struct init_change *change)
{
	const char *label = section_label(change->spot.obj, change->sec);
	const char *runs = old_code_runs(diff, change);

	if (!patches_vmlinux(diff))
		warning_at(diff, "init-code-inlined", change->spot, NULL,
			   "%s (section %s) changed %s, and stays as it is: %s", label,
			   change->sec->name, change->cause, runs);
	else
		note_at(diff, "init-code-inlined", change->spot, NULL,
			"%s (section %s) changed %s, and stays as it is: %s", label,
			change->sec->name, change->cause, runs);
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

	if (!patches_vmlinux(diff) || is_refused(diff) || anything_carried(&diff->patched) ||
	    hands_on_others(diff))
		return false;
	for (i = 0; i < changes->nr; i++) {
		if (is_row(changes->list[i].sec))
			return false;
	}
	return changes->nr;
}

/*
 * In the kernel itself, the old code has run. In a module it may run again: what changed there
 * alone would be lost then, and what it works with has to be what it was.
 */
static void tell_init_change(struct diff *diff, const struct init_change *change, bool init_only)
{
	bool carried = anything_carried(&diff->patched);

	if (change->meets)
		refuse_meeting(diff, change);
	else if (change->cause && (change->header || carried || patches_vmlinux(diff)))
		tell_cause(diff, change);
	else if (init_only)
		tell_only_init(diff, change);
	else
		refuse(diff, change);
}

static void tell_init_changes(struct diff *diff, struct init_changes *changes)
{
	bool init_only = is_init_only(diff, changes);
	size_t i;

	for (i = 0; i < changes->nr; i++)
		tell_init_change(diff, &changes->list[i], init_only);
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

/* Of one whose code is the same, the running kernel has what it needs. */
static void check_made_init(struct diff *diff)
{
	const struct section *sec;
	struct difference d;

	for_each_section (&diff->patched, sec) {
		if (became_init(diff, sec) &&
		    find_first_change(diff, &diff->orig.sections[sec->twin], sec, &d))
			finding_at(diff, "init-code-changed", spot_of_change(diff, sec),
				   "leave it what it is, and change its code only",
				   "%s (section %s) changed and became init code, but in the "
				   "running kernel it is not: whoever has its address goes on "
				   "calling the old one",
				   section_label(&diff->patched, sec), sec->name);
	}
}

void check_init(struct diff *diff)
{
	struct init_changes changes = { 0 };
	size_t i;

	check_made_permanent(diff);
	check_made_init(diff);
	find_init_changes(diff, &changes);
	find_causes(diff, &changes);
	tell_init_changes(diff, &changes);
	for (i = 0; i < changes.nr; i++)
		free(changes.list[i].cause);
	free(changes.list);
}
