// SPDX-License-Identifier: GPL-2.0-only
/*
 * Addresses of what is new that code hands on. Loading and unloading look at the stacks of tasks
 * for replaced functions only (kernel/livepatch/transition.c, klp_check_stack_func(), Linux 6.1):
 * nothing waits for a timer, a thread or an open file that leads to something else of the patch.
 */
#include "address-uses.h"
#include "check.h"
#include "code-places.h"
#include "report.h"

static bool is_new(const struct section *sec)
{
	return sec->carried && sec->status == STATUS_NEW && !sec->split && sec->symbol &&
	       !sec->owner;
}

/* A table of functions, a timer, a work: what is called by way of it is in the patch, or its own. */
static bool leads_to_code(const struct object *obj, const struct section *sec)
{
	const struct rela *rela;

	for_each_rela (sec, rela) {
		if ((!rela->target || obj->sections[rela->target].kind == KIND_TEXT) &&
		    !leads_inside(obj, rela))
			return true;
	}
	return false;
}

static bool is_kept_by_new(const struct object *obj, const struct section *sec)
{
	return is_new(sec) && (sec->kind == KIND_DATA || sec->kind == KIND_RODATA) &&
	       leads_to_code(obj, sec);
}

static bool hands_on(const struct object *obj, const struct section *sec, const struct rela *rela,
		     const struct section *target)
{
	if (rela->target != section_index(obj, target) || sec == target ||
	    !takes_address(sec, rela) || leads_inside(obj, rela))
		return false;
	return !(sec->shdr.sh_flags & SHF_EXECINSTR) || target->kind == KIND_TEXT ||
	       arch_x86_64.address_use(sec, rela) != ADDRESS_ACCESSED;
}

/*
 * What new data has the address of is told by that data, which is handed on itself or is not.
 */
static const struct rela *find_handing_on(const struct object *obj, const struct section *target,
					  const struct section **where)
{
	const struct section *sec;
	const struct rela *rela;

	for_each_section (obj, sec) {
		if (!sec->carried || is_kept_by_new(obj, sec))
			continue;
		for_each_rela (sec, rela) {
			if (!hands_on(obj, sec, rela, target))
				continue;
			*where = sec;
			return rela;
		}
	}
	return NULL;
}

/* Another file of the patch may hand it on, which kpatch-build sees. */
static void note_table(struct diff *diff, const struct section *sec)
{
	const struct symbol *sym = &diff->patched.symbols[sec->symbol];

	if (sym->bind != STB_LOCAL)
		note(diff, "new-table", "the new %s leads to functions", sym->name);
}

void check_outlives(struct diff *diff)
{
	const struct object *obj = &diff->patched;
	const struct section *sec, *where;
	const struct rela *rela;

	for_each_section (obj, sec) {
		if (!is_kept_by_new(obj, sec) && !(is_new(sec) && sec->kind == KIND_TEXT))
			continue;
		rela = find_handing_on(obj, sec, &where);
		if (is_kept_by_new(obj, sec))
			note_table(diff, sec);
		if (rela)
			warning_at(diff, "address-outlives", spot_at(diff, where, rela->offset),
				   "where something may keep it, end that in a callback before "
				   "(KPATCH_PRE_UNPATCH_CALLBACK), or do not unload the patch",
				   "%s %s the address of the new %s, which is in the patch "
				   "module: a timer, a work, a thread or a file that keeps it "
				   "leads to freed memory when the patch is unloaded",
				   section_label(obj, where),
				   where->shdr.sh_flags & SHF_EXECINSTR ? "hands on" : "has",
				   section_label(obj, sec));
	}
}
