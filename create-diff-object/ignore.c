// SPDX-License-Identifier: GPL-2.0-only
/*
 * KPATCH_IGNORE_FUNCTION and KPATCH_IGNORE_SECTION: each is a pointer in a section of
 * its own, to the function or to the name of the section.
 */
#include "passes.h"
#include "util.h"

static void ignore_section(struct section *sec)
{
	sec->ignored = sec->status != STATUS_SAME;
	sec->status = STATUS_SAME;
	sec->reason = (struct reason){ "ignored as the patch asks", 0, NULL };
}

/* It stays as it is anyway; the author knows that it goes together with what is replaced. */
static bool is_init_code(const struct section *sec)
{
	return sec->kind == KIND_INIT && sec->shdr.sh_flags & SHF_EXECINSTR;
}

static void ignore_function(struct object *obj, const struct rela *rela)
{
	struct section *sec = &obj->sections[rela->target];

	if (!rela->target || (sec->kind != KIND_TEXT && !is_init_code(sec)))
		fatal("bad-ignore",
		      "%s: KPATCH_IGNORE_FUNCTION does not name a function of this file",
		      obj->label);
	ignore_section(sec);
}

static void ignore_named(struct object *obj, const struct rela *rela)
{
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
			ignore_section(sec);
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
				ignore_function(obj, rela);
			else if (!strcmp(sec->name, ".kpatch.ignore.sections"))
				ignore_named(obj, rela);
		}
	}
}
