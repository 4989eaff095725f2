// SPDX-License-Identifier: GPL-2.0-only
/* What speaks against replacing code: how it is entered. */
#include "arch/arch.h"
#include "check.h"
#include "code-changes.h"
#include "debug-info.h"
#include "kinds.h"
#include "report.h"
#include "util.h"

#include <stdlib.h>
#include <string.h>

/* What is inlined where the code of a function differs; of more, nobody wants to know. */
#define MOST_NAMED 3
#define MOST_ASKED 200

struct inlined_names {
	char *list[MOST_NAMED];
	size_t nr;
	bool was; /* one of them was inlined there in the original, too, or not even called */
};

/* Whether a function that is inlined at a place is in the same one of the original; or not known. */
static bool was_inlined(const struct diff *diff, const struct object *obj,
			const struct section *sec, uint64_t offset, unsigned int level)
{
	const char *name = section_label(obj, sec);
	struct copies copies;
	size_t i;
	bool was;

	if (obj == &diff->orig)
		return true;
	was = !find_copies(diff, obj, sec, offset, level, &copies);
	for (i = 0; i < copies.nr && !was; i++)
		was = copies.list[i].orig && !strcmp(copies.list[i].name, name);
	free_copies(&copies);
	return was;
}

/* Whether the original calls a function, or what the compiler made of it. */
static bool original_calls(const struct diff *diff, const struct section *sec, const char *name)
{
	const struct object *orig = &diff->orig;
	const struct section *caller = &orig->sections[sec->twin];
	size_t length = strlen(name);
	const struct rela *rela;

	for_each_rela (caller, rela) {
		const char *called = rela->target
					     ? section_label(orig, &orig->sections[rela->target])
					     : orig->symbols[rela->symbol].name;

		if (!strncmp(called, name, length) && (!called[length] || called[length] == '.'))
			return true;
	}
	return false;
}

/* The outermost: who reads the function finds its name there. */
static void add_inlined(const struct diff *diff, struct inlined_names *names,
			const struct object *obj, const struct section *sec, uint64_t offset)
{
	struct origin origin;
	unsigned int level;
	size_t i;

	if (!find_origin(diff, obj, sec, offset, &origin))
		return;
	if (origin.nr_inlined) {
		level = origin.nr_inlined - 1;
		for (i = 0; i < names->nr; i++) {
			if (!strcmp(names->list[i], origin.inlined[level].name))
				break;
		}
		if (i == names->nr && i < MOST_NAMED)
			names->list[names->nr++] = xasprintf("%s", origin.inlined[level].name);
		names->was |= was_inlined(diff, obj, sec, offset, level) ||
			      !original_calls(diff, sec, origin.inlined[level].name);
	}
	free_origin(&origin);
}

static void find_inlined(struct diff *diff, const struct section *sec, struct inlined_names *names)
{
	const struct section *orig = &diff->orig.sections[sec->twin];
	struct code_changes changes;
	size_t i;

	if (!find_code_changes(diff, orig, sec, &changes))
		return;
	for (i = 0; i < changes.nr && i < MOST_ASKED && names->nr < MOST_NAMED; i++) {
		const struct difference *d = &changes.list[i];

		if (!d->ended)
			add_inlined(diff, names, &diff->patched, sec, d->offset);
		if (!d->orig_ended)
			add_inlined(diff, names, &diff->orig, orig, d->orig_offset);
	}
	free(changes.list);
}

/* ", where f(), g() are inlined", allocated. */
static char *inlined_text(struct inlined_names *names)
{
	char *text = xasprintf("%s", names->nr ? ", where " : ""), *longer;
	size_t i;

	for (i = 0; i < names->nr; i++) {
		longer = xasprintf("%s%s%s()%s", text, i ? ", " : "", names->list[i],
				   i + 1 < names->nr ? ""
				   : i		     ? " are inlined"
						     : " is inlined");
		free(text);
		free(names->list[i]);
		text = longer;
	}
	return text;
}

static bool has_callers(const struct object *obj, uint32_t section)
{
	const struct section *sec;
	const struct rela *rela;

	if (obj->symbols[obj->sections[section].symbol].bind != STB_LOCAL)
		return true;
	for_each_section (obj, sec) {
		for_each_rela (sec, rela) {
			if (rela->target == section && arch_x86_64.is_branch(sec, rela))
				return true;
		}
	}
	return false;
}

static const char *no_fentry_advice(const struct diff *diff, const struct section *sec,
				    const struct inlined_names *names)
{
	const struct object *orig = &diff->orig;
	const struct section *taker;

	if (names->nr && !names->was)
		return "make what is inlined only now noinline";
	if (!has_callers(orig, sec->twin) &&
	    taken_address(orig, section_label(orig, &orig->sections[sec->twin]), false, &taker))
		return "only its address is used, and it has no callers that could be changed: "
		       "leave it as it is, and give what has its address that of a new one in a "
		       "callback (KPATCH_POST_PATCH_CALLBACK), and the old one back in another "
		       "(KPATCH_PRE_UNPATCH_CALLBACK)";
	if (!names->nr)
		return "change its callers instead, for a system call with "
		       "KPATCH_SYSCALL_DEFINE (kpatch-syscall.h)";
	return "where the change is in what is inlined, leave that as it is, and call one of "
	       "another name where it is needed; else change the callers instead, for a system "
	       "call with KPATCH_SYSCALL_DEFINE (kpatch-syscall.h)";
}

void check_fentry(struct diff *diff)
{
	const struct section *sec;

	for_each_section (&diff->patched, sec) {
		struct inlined_names names = { .nr = 0 };
		char *where;

		if (!is_replaced(sec) || !sec->symbol || was_init(diff, sec) ||
		    arch_x86_64.has_fentry(&diff->orig, &diff->orig.sections[sec->twin]))
			continue;
		find_inlined(diff, sec, &names);
		where = inlined_text(&names);
		finding_at(diff, "no-fentry", spot_of(diff, sec),
			   no_fentry_advice(diff, sec, &names),
			   "%s changed%s, but it has no call to the tracer at its start "
			   "(notrace, which the kernel's inline implies, noinstr, or a file built "
			   "without it), so it cannot be redirected",
			   section_label(&diff->patched, sec), where);
		free(where);
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
