// SPDX-License-Identifier: GPL-2.0-only
/* Everything that speaks against the patch: a rule each, all of them run. */
#include "arch/arch.h"
#include "kinds.h"
#include "parent.h"
#include "passes.h"
#include "report.h"
#include "util.h"

#include <inttypes.h>
#include <stdlib.h>

static bool is_changed(const struct section *sec)
{
	return !sec->split && (sec->status == STATUS_CHANGED || sec->status == STATUS_NEW);
}

/* Something of the original that the patched object no longer has. */
static bool is_gone(const struct section *sec)
{
	return !sec->split && !sec->twin && (sec->symbol || sec->nr_relas) && sec->size;
}

/* Init code has run and its memory is freed; exit code of built-in objects never runs. */
static void check_init_section(struct diff *diff, const struct object *obj,
			       const struct section *sec, const char *what)
{
	finding_at(diff, "init-code-changed", (struct spot){ obj, sec, entry_offset(obj, sec) },
		   "leave this part of the change out, or do what it needs in a callback "
		   "(KPATCH_PRE_PATCH_CALLBACK)",
		   "%s (section %s) %s, but init code has run already, and exit code runs when the "
		   "module is removed or never",
		   section_label(obj, sec), sec->name, what);
}

static void check_init(struct diff *diff)
{
	const struct section *sec;

	for_each_section (&diff->patched, sec) {
		if (sec->kind == KIND_INIT && is_changed(sec))
			check_init_section(diff, &diff->patched, sec, "changed");
	}
	for_each_section (&diff->orig, sec) {
		if (sec->kind == KIND_INIT && is_gone(sec))
			check_init_section(diff, &diff->orig, sec, "is gone");
	}
}

static void check_writable(struct diff *diff, const struct section *sec)
{
	const struct section *orig = &diff->orig.sections[sec->twin];
	const char *name = section_label(&diff->patched, sec);

	if (sec->size != orig->size)
		finding_at(diff, "data-size-changed", spot_of(diff, sec),
			   "keep the old one and add the new members as a shadow variable "
			   "(klp_shadow_alloc)",
			   "the size of the variable %s changed from %" PRIu64 " to %" PRIu64
			   " bytes, but it lives in the running kernel",
			   name, orig->size, sec->size);
	else if (is_percpu(sec) != is_percpu(orig))
		finding_at(diff, "data-changed", spot_of(diff, sec),
			   "give the new one another name",
			   "the variable %s is per-CPU in only one of the original and the patched "
			   "object, but the running kernel has it as it is",
			   name);
	else
		finding_at(diff, "data-changed", spot_of(diff, sec),
			   "set it in a callback (KPATCH_PRE_PATCH_CALLBACK)",
			   "the initial value of the variable %s changed (%s at +%#lx), but the "
			   "running kernel has its own value by now",
			   name, sec->reason.what, (unsigned long)sec->reason.offset);
}

/* Assembly may leave out type and size; what is global others read. */
static bool has_global_label(const struct object *obj, const struct section *sec)
{
	const struct symbol *sym;

	for_each_symbol (obj, sym) {
		if (sym->section == section_index(obj, sec) && sym->bind != STB_LOCAL)
			return true;
	}
	return false;
}

static void check_data(struct diff *diff)
{
	const struct section *sec;

	for_each_section (&diff->patched, sec) {
		if (sec->split || sec->status != STATUS_CHANGED ||
		    is_call_site_data(&diff->patched, sec))
			continue;
		if (sec->kind == KIND_DATA)
			check_writable(diff, sec);
		if (sec->kind == KIND_RODATA &&
		    (sec->symbol || has_global_label(&diff->patched, sec)))
			finding_at(diff, "const-changed", spot_of(diff, sec),
				   "give the new one another name and use that in the functions "
				   "concerned",
				   "the constant %s changed (%s at +%#lx), but code that is not in "
				   "the patch would still read the old one",
				   section_label(&diff->patched, sec), sec->reason.what,
				   (unsigned long)sec->reason.offset);
	}
}

/* Which sections something carried refers to, by their numbers; owned by the caller. */
static bool *find_used(const struct object *obj)
{
	bool *used = xcalloc(obj->nr_sections, sizeof(*used));
	const struct section *sec;
	const struct rela *rela;

	for_each_section (obj, sec) {
		if (!sec->carried)
			continue;
		for_each_rela (sec, rela)
			used[rela->target] = true;
	}
	return used;
}

/* Sections that the kernel walks at start or on load: a new entry would not be seen. */
static void check_walked(struct diff *diff)
{
	bool *used = find_used(&diff->patched);
	const struct section *sec;

	for_each_section (&diff->patched, sec) {
		if (is_special(sec) && !sec->split && sec->status == STATUS_NEW &&
		    !used[section_index(&diff->patched, sec)] &&
		    !is_call_site_data(&diff->patched, sec))
			finding_at(diff, "new-table-entry", spot_of(diff, sec),
				   "leave it out of the patch",
				   "%s is a new entry of %s, which the kernel reads when it starts "
				   "or loads the module",
				   section_label(&diff->patched, sec), sec->name);
	}
	free(used);
	for_each_section (&diff->orig, sec) {
		if (is_special(sec) && is_gone(sec) && !is_call_site_data(&diff->orig, sec))
			finding_at(diff, "table-entry-gone", spot_in_orig(diff, sec), "leave it in",
				   "%s is gone from %s, but the running kernel has it",
				   section_label(&diff->orig, sec), sec->name);
	}
}

static void check_exports(struct diff *diff)
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

/*
 * A weak function gives way to one of that name in another object, where there is one, and
 * a strong one does not: the link of the kernel would have come out differently.
 */
static void check_binding(struct diff *diff)
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

static bool is_replaced(const struct section *sec)
{
	return sec->carried && sec->kind == KIND_TEXT && sec->status == STATUS_CHANGED &&
	       !sec->owner;
}

static void check_fentry(struct diff *diff)
{
	const struct section *sec;

	for_each_section (&diff->patched, sec) {
		if (is_replaced(sec) && sec->symbol &&
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

/* A label of assembly code, or code without any, is nothing that could be redirected. */
static void check_unnamed(struct diff *diff)
{
	const struct section *sec;

	for_each_section (&diff->patched, sec) {
		if (is_replaced(sec) && !sec->symbol)
			finding_at(diff, "code-without-function", spot_of(diff, sec),
				   "leave that part of the change out",
				   "code in %s changed that is in no function, so it cannot be "
				   "redirected",
				   sec->name);
	}
}

/*
 * Functions that share one address in the kernel (aliases, such as
 * thermal_genl_event_tz_trip_change() in Linux 6.1, or code that gcc folded) are redirected
 * together, so they have to be one in the patched object as well, and the other way round.
 */
static void check_aliases(struct diff *diff)
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

/* Nor can two variables become one, or one two: each has its own value in the kernel. */
static void check_shared_data(struct diff *diff)
{
	const struct symbol *sym;

	for_each_symbol (&diff->patched, sym) {
		const struct section *sec = &diff->patched.sections[sym->section];
		const struct section *orig =
			&diff->orig.sections[diff->orig.symbols[sym->twin].section];

		if (sym->type == STT_OBJECT && sym->twin && sym->size && sec->kind == KIND_DATA &&
		    orig->twin != sym->section)
			finding_at(diff, "alias-split", spot_of(diff, sec),
				   "give the new one another name",
				   "%s shares its place with another variable in only one of the "
				   "original and the patched object",
				   sym->name);
	}
}

/*
 * A new function that the parent already has under that name would not be the one that
 * is called: a strong definition of a weak function, or one that moved from another file.
 */
static void check_names(struct diff *diff)
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

/*
 * The kernel's stack check looks for the functions that replace others. A task that sleeps
 * in a new function is found through its caller, which has to be on the stack
 * (klp_check_stack_func() of kernel/livepatch/transition.c, Linux 6.1).
 */
static void check_tail_calls(struct diff *diff)
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

/* The variables of the original that have no twin, by name. */
struct unpaired {
	const char **names;
	size_t nr;
};

static int by_variable(const void *a, const void *b)
{
	return compare_bases(variable_name(*(const char *const *)a),
			     variable_name(*(const char *const *)b));
}

static void find_unpaired(const struct object *orig, struct unpaired *unpaired)
{
	const struct section *sec;

	unpaired->names = xcalloc(orig->nr_sections, sizeof(*unpaired->names));
	unpaired->nr = 0;
	for_each_section (orig, sec) {
		const struct symbol *sym = covering_symbol(orig, sec);

		if (sym && !sym->twin && sec->kind == KIND_DATA)
			unpaired->names[unpaired->nr++] = sym->name;
	}
	qsort(unpaired->names, unpaired->nr, sizeof(*unpaired->names), by_variable);
}

/*
 * A new variable may be any of them that the source calls the same: one that moved to another
 * function or out of its function. One that has a twin is in doubt only where what the
 * compiler put in front is the same as well.
 */
static bool is_unpaired(const struct unpaired *unpaired, const struct symbol *sym)
{
	size_t low = 0, high = unpaired->nr;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (by_variable(&unpaired->names[mid], &sym->name) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < unpaired->nr && !by_variable(&unpaired->names[low], &sym->name); low++) {
		if (!sym->twin || !compare_bases(unpaired->names[low], sym->name))
			return true;
	}
	return false;
}

/* The variable of a carried function that may be a static local of the original, or NULL. */
static const struct symbol *used_static(const struct diff *diff, const struct section *sec)
{
	const struct symbol *sym = covering_symbol(&diff->patched, sec);

	if (!sym || sec->split || sec->kind != KIND_DATA || is_call_site_data(&diff->patched, sec))
		return NULL;
	return is_static_local(sym) || !sym->twin ? sym : NULL;
}

/*
 * A second copy of a static local would start again from its initial value, and the
 * wrong one would mix the state of two. A carried function uses one, and the original has
 * another of that name whose user is not known any more: which one is it?
 */
static void check_statics(struct diff *diff)
{
	bool *used = find_used(&diff->patched);
	const struct section *sec;
	struct unpaired unpaired;

	find_unpaired(&diff->orig, &unpaired);
	for_each_section (&diff->patched, sec) {
		const struct symbol *sym = used_static(diff, sec);

		if (sym && (sec->status == STATUS_NEW || sec->twin) &&
		    used[section_index(&diff->patched, sec)] && is_unpaired(&unpaired, sym))
			finding_at(diff, "static-local-ambiguous", spot_of(diff, sec),
				   "rename it in the patch if it is new",
				   "the static variable %.*s of a carried function may be the same "
				   "as one of the original, whose value would be lost, or a new "
				   "one",
				   (int)base_length(variable_name(sym->name)),
				   variable_name(sym->name));
	}
	free(unpaired.names);
	free(used);
}

static void check_table_entries(struct diff *diff, const struct section *sec)
{
	const struct object *obj = &diff->patched;
	const struct rela *rela;

	for_each_rela (sec, rela) {
		const struct section *target = &obj->sections[rela->target];

		if (target->carried && target->kind == KIND_TEXT)
			finding_at(diff, "unknown-table", spot_of(diff, target),
				   "do without the macro that makes the entry",
				   "the section %s has an entry for %s, and what it means is not "
				   "known",
				   sec->name, section_label(obj, target));
	}
}

/*
 * A table that nothing here knows: without a symbol for its entries it is not data that
 * code refers to, but something that the kernel walks (6.12's runtime_ptr_*: places
 * that it patches at start).
 */
static void check_unknown(struct diff *diff)
{
	const struct section *sec;

	for_each_section (&diff->patched, sec) {
		if (sec->split || (sec->kind != KIND_UNKNOWN && (!is_special(sec) || sec->symbol)))
			continue;
		if (is_changed(sec))
			finding_at(diff, "unknown-section", spot_of(diff, sec),
				   "leave that part of the change out, or use "
				   "KPATCH_IGNORE_SECTION if the kernel does not need it",
				   "the section %s changed, and what it means is not known",
				   sec->name);
		check_table_entries(diff, sec);
	}
}

/*
 * Beyond either end of a section: the variable that a loop counts from is not known, and the
 * new one that happens to stand next to that place is elsewhere in the patch module.
 */
static bool is_beside_new(const struct object *obj, const struct rela *rela)
{
	const struct section *target = &obj->sections[rela->target];

	return rela->target && target->carried && target->status == STATUS_NEW &&
	       target->origin != rela->target && obj->symbols[rela->symbol].type == STT_SECTION &&
	       (rela->target_offset < 0 || (uint64_t)rela->target_offset > target->size);
}

static bool refers_to(const struct section *sec, uint32_t target)
{
	const struct rela *rela;

	for_each_rela (sec, rela) {
		if (rela->target == target)
			return true;
	}
	return false;
}

/*
 * In a section of several variables gas spells the end of an array as a place of the section,
 * which is the start of what stands behind. Where one of the two is new and the other is
 * not, they are far apart in memory, and a loop over the array would not end. What fits
 * into a register is no array.
 */
static bool may_be_end(const struct object *obj, const struct section *sec, const struct rela *rela)
{
	const struct section *target = &obj->sections[rela->target], *before = target - 1;

	if (!rela->target || rela->target_offset || target->kind == KIND_TEXT ||
	    obj->symbols[rela->symbol].type != STT_SECTION || !target->symbol ||
	    before->origin != target->origin ||
	    before->origin_offset + before->size != target->origin_offset)
		return false;
	return (before->status == STATUS_NEW) != (target->status == STATUS_NEW) &&
	       before->size > sizeof(uint64_t) && before->symbol &&
	       refers_to(sec, rela->target - 1);
}

static void check_rela(struct diff *diff, const struct section *sec, const struct rela *rela)
{
	const struct object *obj = &diff->patched;
	const char *name = section_label(obj, sec);

	if (rela->type == R_X86_64_PC8)
		finding_at(diff, "shared-section-jump", spot_at(diff, sec, rela->offset),
			   "change other functions, for example its callers",
			   "%s jumps to %s with a short jump, since both are in the section %s; "
			   "such a function cannot be moved",
			   name, section_label(obj, &obj->sections[rela->target]), sec->name);
	else if (!arch_x86_64.known_rela(rela->type))
		finding_at(diff, "unknown-relocation", spot_at(diff, sec, rela->offset),
			   "compile with the kernel's own compiler and options",
			   "%s+0x%" PRIx64 " has a relocation of type %u", name, rela->offset,
			   rela->type);
	if (is_beside_new(obj, rela))
		finding_at(diff, "reference-unnamed", spot_at(diff, sec, rela->offset),
			   "do without it, or put new variables into another section",
			   "%s refers to a place beyond the end of %s, counted from a variable "
			   "that is not known; the last one there is the new %s",
			   name, obj->sections[rela->target].name,
			   section_label(obj, &obj->sections[rela->target]));
	if (may_be_end(obj, sec, rela))
		finding_at(diff, "reference-ambiguous", spot_at(diff, sec, rela->offset),
			   "put the new variable into another section",
			   "%s refers to %s, or to the end of %s before it, and only one of them "
			   "is "
			   "new",
			   name, section_label(obj, &obj->sections[rela->target]),
			   section_label(obj, &obj->sections[rela->target - 1]));
	if (rela->target && obj->sections[rela->target].kind == KIND_INIT)
		finding_at(diff, "init-reference", spot_at(diff, sec, rela->offset),
			   "use a copy of it outside of init, or other code",
			   "%s refers to %s, which is in the init section %s; its memory is freed "
			   "when the kernel has started",
			   name, section_label(obj, &obj->sections[rela->target]),
			   obj->sections[rela->target].name);
}

static void check_relas(struct diff *diff)
{
	const struct section *sec;
	const struct rela *rela;

	for_each_section (&diff->patched, sec) {
		if (!sec->carried)
			continue;
		for_each_rela (sec, rela)
			check_rela(diff, sec, rela);
	}
}

void check(struct diff *diff)
{
	static void (*const rules[])(struct diff *) = {
		check_init,	  check_data,	 check_walked,	check_exports,	   check_binding,
		check_fentry,	  check_unnamed, check_aliases, check_shared_data, check_names,
		check_tail_calls, check_statics, check_unknown, check_relas,
	};
	size_t i;

	for (i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		rules[i](diff);
}
