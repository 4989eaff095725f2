// SPDX-License-Identifier: GPL-2.0-only
/*
 * KPATCH_IGNORE_FUNCTION and KPATCH_IGNORE_SECTION: each is a pointer in a section of
 * its own, to the function or to the name of the section.
 */
#include "passes.h"
#include "report.h"
#include "util.h"

static void ignore_section(struct diff *diff, struct section *sec, const char *macro,
			   const char *id)
{
	const struct symbol *sym = covering_symbol(&diff->patched, sec);

	if (sec->status == STATUS_SAME)
		return;
	warning_at(diff, id, spot_of(diff, sec), "see that this is right, since nothing else does",
		   "a change of %s is left out, as %s asks: the running kernel keeps what it has",
		   sym ? sym->name : sec->name, macro);
	sec->ignored = true;
	sec->status = STATUS_SAME;
	sec->reason = (struct reason){ "ignored as the patch asks", 0, NULL };
}

/* It stays as it is anyway; the author knows that it goes together with what is replaced. */
static bool is_init_code(const struct section *sec)
{
	return sec->kind == KIND_INIT && sec->shdr.sh_flags & SHF_EXECINSTR;
}

static void ignore_function(struct diff *diff, const struct rela *rela)
{
	struct object *obj = &diff->patched;
	struct section *sec = &obj->sections[rela->target];

	if (!rela->target || (sec->kind != KIND_TEXT && !is_init_code(sec)))
		fatal("bad-ignore",
		      "%s: KPATCH_IGNORE_FUNCTION does not name a function of this file",
		      obj->label);
	ignore_section(diff, sec, "KPATCH_IGNORE_FUNCTION", "function-ignored");
}

static void ignore_named(struct diff *diff, const struct rela *rela)
{
	struct object *obj = &diff->patched;
	const char *name = pointed_string(obj, rela);
	struct section *sec;
	bool found = false;

	if (!name)
		fatal("bad-ignore", "%s: KPATCH_IGNORE_SECTION does not name a section",
		      obj->label);
	for_each_section (obj, sec) {
		if (strcmp(sec->name, name))
			continue;
		found = true;
		if (sec->status != STATUS_UNKNOWN)
			ignore_section(diff, sec, "KPATCH_IGNORE_SECTION", "section-ignored");
	}
	if (!found)
		fatal("bad-ignore", "%s: KPATCH_IGNORE_SECTION: there is no section %s", obj->label,
		      name);
}

void ignore(struct diff *diff)
{
	struct object *obj = &diff->patched;
	struct section *sec;
	struct rela *rela;

	for_each_section (obj, sec) {
		if (sec->kind != KIND_KPATCH)
			continue;
		for_each_rela (sec, rela) {
			if (!strcmp(sec->name, ".kpatch.ignore.functions"))
				ignore_function(diff, rela);
			else if (!strcmp(sec->name, ".kpatch.ignore.sections"))
				ignore_named(diff, rela);
		}
	}
}
