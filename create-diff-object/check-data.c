// SPDX-License-Identifier: GPL-2.0-only
/* Variables, constants and rows of sections that the running kernel has already. */
#include "address-uses.h"
#include "check.h"
#include "code-places.h"
#include "kinds.h"
#include "report.h"
#include "users.h"
#include "util.h"

#include <inttypes.h>
#include <stdlib.h>

/* Functions that use a constant; of more, nobody wants to know. */
#define MOST_NAMED 3

/* A callback cannot name what is static in a function, nor what has no name in the source. */
static void refuse_value(struct diff *diff, const struct section *sec)
{
	const struct symbol *sym = covering_symbol(&diff->patched, sec);
	const char *name = section_label(&diff->patched, sec), *local = "", *advice;
	int length = (int)strlen(name);

	if (!sym || !is_static_local(sym)) {
		advice = "set it in a callback (KPATCH_PRE_PATCH_CALLBACK)";
	} else if (has_prefix(variable_name(name), "__")) {
		advice = "leave that part of the change out";
	} else {
		name = variable_name(name);
		length = (int)base_length(name);
		local = ", which is static in a function,";
		advice = "give the new one another name";
	}
	finding_at(diff, "data-changed", spot_of(diff, sec), advice,
		   "the initial value of the variable %.*s%s changed (%s at +%#lx), but the "
		   "running kernel has its own value by now",
		   length, name, local, sec->reason.what, (unsigned long)sec->reason.offset);
}

static void check_writable(struct diff *diff, const struct section *sec)
{
	const struct section *orig = &diff->orig.sections[sec->twin];
	const char *name = section_label(&diff->patched, sec);

	if (sec->size != orig->size)
		finding_at(diff, "data-size-changed", spot_of(diff, sec),
			   "leave it as it is; what is new goes into a variable of its own, or "
			   "where it belongs to each object into a shadow variable "
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
	else if (orig->kind == KIND_RODATA || is_ro_after_init(orig))
		finding_at(diff, "data-changed", spot_of(diff, sec),
			   "give the new one another name",
			   "the variable %s may be written to in the patched object, but the "
			   "running "
			   "kernel has it in memory that is read-only since the start",
			   name);
	else if (is_ro_after_init(sec))
		finding_at(diff, "data-changed", spot_of(diff, sec),
			   "leave this part of the change out",
			   "the variable %s is to be read-only after the start in the patched "
			   "object, but the running kernel has it in memory that may be written to",
			   name);
	else
		refuse_value(diff, sec);
}

/* module_enable_ro() of kernel/module/strict_rwx.c, Linux 6.1, after the module's init function */
static void warn_of_protection(struct diff *diff, const struct section *sec)
{
	warning_at(diff, "new-ro-after-init", spot_of(diff, sec),
		   "leave __ro_after_init out if anything but a callback writes it",
		   "the new variable %s is __ro_after_init: in the patch module it is read-only as "
		   "soon as that is loaded, and a write by patched code faults",
		   section_label(&diff->patched, sec));
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

/* The name of one that stores its address, or NULL. */
static const char *storing_function(const struct diff *diff, const struct section *sec)
{
	const struct section *user;

	if (find_address_use(&diff->orig, sec->twin, ADDRESS_STORED, &user))
		return section_label(&diff->orig, user);
	if (find_address_use(&diff->patched, section_index(&diff->patched, sec), ADDRESS_STORED,
			     &user))
		return section_label(&diff->patched, user);
	return NULL;
}

/* ", which f, g and others use,": functions that refer to it by its name; allocated. */
static char *users_text(struct diff *diff, const struct section *sec)
{
	struct object *obj = &diff->patched;
	size_t i, nr, named = 0, more = 0;
	const struct user *users = find_users(obj, section_index(obj, sec), &nr);
	char *text = xasprintf("%s", ""), *longer;
	const struct section *from, *last = NULL;

	for (i = 0; i < nr; i++) {
		from = &obj->sections[users[i].section];
		if (from == last || !(from->shdr.sh_flags & SHF_EXECINSTR) || from->split)
			continue;
		last = from;
		if (named == MOST_NAMED) {
			more++;
			continue;
		}
		longer = xasprintf("%s%s%s", text, named++ ? ", " : ", which ",
				   section_label(obj, from));
		free(text);
		text = longer;
	}
	if (!named)
		return text;
	longer = xasprintf("%s%s use%s,", text, more ? " and others" : "", named > 1 ? "" : "s");
	free(text);
	return longer;
}

static void check_constant(struct diff *diff, const struct section *sec)
{
	char *users;
	const char *name = section_label(&diff->patched, sec), parameter[] = "__param_";
	const char *user = storing_function(diff, sec);

	if (!strcmp(sec->name, "__param") && has_prefix(name, parameter))
		finding_at(diff, "const-changed", spot_of(diff, sec),
			   "leave it out: chmod changes the mode of its file, and code that reads "
			   "the variable can check what it is",
			   "the module parameter %s changed (%s at +%#lx), but the kernel goes on "
			   "using the old one, and has made its file in /sys/module",
			   name + strlen(parameter), sec->reason.what,
			   (unsigned long)sec->reason.offset);
	else if (user)
		finding_at(diff, "const-changed", spot_of(diff, sec),
			   "leave it as it is, and give a new one another name",
			   "the constant %s changed (%s at +%#lx), but %s stores its address, or "
			   "compares it with a stored one: who has that of the old one goes on "
			   "with it",
			   name, sec->reason.what, (unsigned long)sec->reason.offset, user);
	else {
		users = users_text(diff, sec);
		finding_at(diff, "const-changed", spot_of(diff, sec),
			   "give the new one another name and use that in the functions "
			   "concerned",
			   "the constant %s%s changed (%s at +%#lx), but code that is not in "
			   "the patch would still read the old one",
			   name, users, sec->reason.what, (unsigned long)sec->reason.offset);
		free(users);
	}
}

/* Whether the address goes further than the function that takes it, no code of one object tells. */
static void warn_of_address(struct diff *diff, const struct section *sec)
{
	const struct section *user;

	if (!sec->parted || !find_address_use(&diff->orig, sec->parted, ADDRESS_TAKEN, &user))
		return;
	warning_at(diff, "const-address", spot_of(diff, sec),
		   "where it is kept, leave the constant as it is, and give a new one another name",
		   "in the original %s takes the address of the constant %s, which changed: "
		   "whoever keeps that goes on with the old one",
		   section_label(&diff->orig, user), section_label(&diff->patched, sec));
}

static bool is_trace_printk(const struct section *sec)
{
	return !sec->split && sec->size && !strcmp(sec->name, "__trace_printk_fmt");
}

/*
 * hold_module_trace_bprintk_format() of kernel/trace/trace_printk.c, Linux 6.1. Where the file had
 * one before, the kernel did so when that was loaded.
 */
static void warn_of_trace_printk(struct diff *diff)
{
	const struct object *obj = &diff->patched;
	const struct section *sec, *user;

	for_each_section (&diff->orig, sec) {
		if (is_trace_printk(sec))
			return;
	}
	for_each_section (obj, sec) {
		if (!sec->carried || !is_trace_printk(sec))
			continue;
		user = &obj->sections[sec->user];
		warning_at(diff, "trace-printk",
			   sec->user ? spot_at(diff, user, sec->user_offset) : spot_of(diff, sec),
			   "use pr_debug() or a tracepoint of the kernel's, but for a patch that "
			   "is a test",
			   "%s calls trace_printk(), which nothing in the file did: when the patch "
			   "module is loaded, the kernel prints that it is a kernel for debugging, "
			   "unsafe for production use, and makes room for that trace",
			   section_label(obj, sec->user ? user : sec));
		return;
	}
}

void check_data(struct diff *diff)
{
	const struct section *sec;

	warn_of_trace_printk(diff);
	for_each_section (&diff->patched, sec) {
		if (sec->carried && sec->status == STATUS_NEW && is_ro_after_init(sec))
			warn_of_protection(diff, sec);
		if (sec->carried)
			warn_of_address(diff, sec);
		if (sec->split || sec->status != STATUS_CHANGED ||
		    is_call_site_data(&diff->patched, sec) || refuse_device_table(diff, sec))
			continue;
		if (sec->kind == KIND_DATA)
			check_writable(diff, sec);
		if (sec->kind == KIND_RODATA &&
		    (sec->symbol || (!is_special(sec) && has_global_label(&diff->patched, sec))))
			check_constant(diff, sec);
	}
}

static void refuse_gone_entry(struct diff *diff, const struct section *sec)
{
	if (sec->symbol)
		finding_at(diff, "table-entry-gone", spot_in_orig(diff, sec), "leave it in",
			   "%s is gone from %s, but the running kernel has it",
			   section_label(&diff->orig, sec), sec->name);
	else
		finding_at(diff, "table-entry-gone", spot_in_orig(diff, sec), "leave it in",
			   "the section %s is gone, but the running kernel has it", sec->name);
}

/* What is used is carried, but for a BTF id: nothing fills it in in a patch module. */
static bool is_new_entry(const struct diff *diff, const struct section *sec, const bool *used)
{
	if (is_btf_entry(&diff->patched, sec))
		return !sec->twin;
	return is_special(sec) && !sec->split && sec->symbol && sec->status == STATUS_NEW &&
	       !used[section_index(&diff->patched, sec)] && !is_call_site_data(&diff->patched, sec);
}

/* The kernel has filled in the old code, and nothing reads the table afterwards. */
static bool is_used_up(const struct section *sec)
{
	return runtime_constant(sec);
}

/*
 * Sections that the kernel walks at start or on load: a new entry would not be seen. What has no
 * name is told by check_unknown().
 */
void check_walked(struct diff *diff)
{
	bool *used = find_used(&diff->patched);
	const struct section *sec;

	for_each_section (&diff->patched, sec) {
		if (is_new_entry(diff, sec, used))
			finding_at(diff, "new-table-entry", spot_of(diff, sec),
				   "leave it out of the patch",
				   "%s is a new entry of %s, which the kernel reads when it starts "
				   "or loads the module",
				   section_label(&diff->patched, sec), sec->name);
	}
	free(used);
	for_each_section (&diff->orig, sec) {
		if (is_special(sec) && is_gone(sec) && !is_call_site_data(&diff->orig, sec) &&
		    !is_used_up(sec))
			refuse_gone_entry(diff, sec);
	}
}

/* Nor can two variables become one, or one two: each has its own value in the kernel. */
void check_shared_data(struct diff *diff)
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

/* A writable table of labels is not copied, since it may have changed, and leads to the old code. */
void check_code_places(struct diff *diff)
{
	const struct object *obj = &diff->patched;
	uint32_t *places = find_code_places(obj);
	bool *used = find_used(obj);
	const struct section *sec;

	for_each_section (obj, sec) {
		const struct section *function = &obj->sections[places[section_index(obj, sec)]];

		if (sec->kind == KIND_DATA && !sec->carried && used[section_index(obj, sec)] &&
		    function->carried)
			finding_at(diff, "data-changed", spot_of(diff, sec), "make it const",
				   "the variable %s has the places of labels in %s, which in the "
				   "running kernel are places in the old code",
				   section_label(obj, sec), section_label(obj, function));
	}
	free(used);
	free(places);
}
