// SPDX-License-Identifier: GPL-2.0-only
#include "explain.h"
#include "arch/arch.h"
#include "code-changes.h"
#include "describe.h"
#include "difference.h"
#include "kinds.h"
#include "tables.h"
#include "util.h"

#include "kmod/patch/kpatch-info.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* gcc takes functions apart and may put a part back: it is the function's own code then. */
static void leave_own(struct origin *origin, const char *function)
{
	if (origin->nr_inlined && !strcmp(origin->inlined[origin->nr_inlined - 1].name, function))
		origin->nr_inlined--;
}

static void place(const struct diff *diff, struct explanation *why, const struct section *sec,
		  uint64_t offset)
{
	why->placed = true;
	why->sec = sec;
	why->offset = offset;
	find_origin(diff, &diff->patched, sec, offset, &why->origin);
	leave_own(&why->origin, section_label(&diff->patched, sec));
}

static char *insn_text(const struct object *obj, const struct section *sec, uint64_t offset,
		       bool ended)
{
	char text[256];

	if (ended || !arch_x86_64.print_insn(obj, sec, offset, text, sizeof(text)))
		return NULL;
	return xasprintf("%s", text);
}

static const char *reference_verb(const struct section *sec, uint64_t offset,
				  const struct section *target)
{
	struct insn insn;

	if (arch_x86_64.read_insn(sec, offset, &insn) && insn.branch)
		return insn.call ? "calls" : "jumps to";
	return target->kind == KIND_STRINGS ? "uses the string" : "refers to";
}

/* The instruction that a relocation is a part of begins before it. */
static uint64_t insn_of(const struct section *sec, uint64_t field)
{
	struct insn insn;
	uint64_t at = 0;

	while (arch_x86_64.read_insn(sec, at, &insn) && at + insn.length <= field)
		at += insn.length;
	return at <= field ? at : field;
}

/* Names may hide the difference: of what WARN_ONCE() and others make at each place of use. */
static void drop_equal(struct explanation *why)
{
	if (!why->before || !why->after || strcmp(why->before, why->after))
		return;
	free(why->before);
	why->before = why->after;
	why->after = NULL;
	free(why->what);
	why->what = xasprintf("refers to another %s", why->before);
	free(why->before);
	why->before = NULL;
}

static void explain_code(struct diff *diff, const struct section *orig, const struct section *sec,
			 const struct difference *d, struct explanation *why)
{
	if (d->rela) {
		why->what =
			xasprintf("%s", reference_verb(sec, d->offset,
						       &diff->patched.sections[d->rela->target]));
		why->before = describe_target(&diff->orig, d->orig_rela);
		why->after = describe_target(&diff->patched, d->rela);
	} else {
		why->what = xasprintf("differs");
		why->before = insn_text(&diff->orig, orig, d->orig_offset, d->orig_ended);
		why->after = insn_text(&diff->patched, sec, d->offset, d->ended);
	}
	why->cause = d->clone ? "clone" : "own";
	drop_equal(why);
	/* of what is gone at the end, the end is the place */
	place(diff, why, sec, d->offset < sec->size ? d->offset : sec->size - 1);
	if (why->origin.nr_inlined && !d->clone)
		why->cause = "inlined";
}

/* What compare() said, where the code itself is the same: table entries mostly. */
static void explain_reason(struct diff *diff, const struct section *sec, struct explanation *why)
{
	const struct reason *reason = &sec->reason;

	why->what = reason->name ? xasprintf("%s: %s", reason->what, reason->name)
				 : xasprintf("%s", reason->what ? reason->what : "is needed");
	if (reason->offset)
		place(diff, why, sec, reason->offset);
	why->cause = why->origin.nr_inlined ? "inlined" : "own";
}

/* Also an unlikely part's own reason, which is its function's. */
static void explain_changed(struct diff *diff, const struct section *sec, struct explanation *why)
{
	const struct section *orig = &diff->orig.sections[sec->twin];
	const struct section *cold = &diff->patched.sections[sec->cold];
	struct difference d;

	if (sec->twin && find_first_change(diff, orig, sec, &d))
		explain_code(diff, orig, sec, &d, why);
	else if (sec->cold && cold->twin &&
		 find_first_change(diff, &diff->orig.sections[cold->twin], cold, &d))
		explain_code(diff, &diff->orig.sections[cold->twin], cold, &d, why);
	else
		explain_reason(diff, sec, why);
}

/* An unlikely part is not what people know: the function that it belongs to is named. */
static const char *user_name(const struct object *obj, const struct section *sec)
{
	const char *name = section_label(obj, sec);

	return sec->owner && is_cold_part(name) ? section_label(obj, &obj->sections[sec->owner])
						: name;
}

/* A table entry has no name: it is told by the place in the function that it belongs to. */
static void explain_entry(struct diff *diff, const struct section *entry, struct explanation *why)
{
	const struct section *owner = &diff->patched.sections[entry->owner];

	why->what = xasprintf("used by the entry of %s of %s", entry->name,
			      user_name(&diff->patched, owner));
	place(diff, why, owner, (uint64_t)entry->relas[0].target_offset);
}

/* What is carried because something else needs it. */
static void explain_needed(struct diff *diff, const struct section *sec, struct explanation *why)
{
	const struct object *obj = &diff->patched;
	const struct section *user = &obj->sections[sec->user];
	const char *name = user_name(obj, user), *verb = "used by";
	struct insn insn;
	uint64_t offset;

	if (!sec->user) {
		why->what =
			xasprintf("%s", sec->symbol ? "new, and other files may use it" : "needed");
		return;
	}
	if (user->kind == KIND_TABLE && user->owner) {
		explain_entry(diff, user, why);
		return;
	}
	offset = user->kind == KIND_TEXT ? insn_of(user, sec->user_offset) : sec->user_offset;
	if (user->kind == KIND_TEXT && arch_x86_64.read_insn(user, offset, &insn) && insn.branch)
		verb = insn.call ? "called by" : "jumped to by";
	why->what = xasprintf("%s %s", verb, name);
	place(diff, why, user, offset);
}

static const char *owner_name(const struct object *obj, const struct section *sec)
{
	const struct section *owner = &obj->sections[function_of(obj, section_index(obj, sec))];

	return owner == sec ? NULL : section_label(obj, owner);
}

static const char *item_kind(const struct section *sec)
{
	switch (sec->kind) {
	case KIND_DATA:
		return "variable";
	case KIND_STRINGS:
		return "string";
	case KIND_SNIPPET:
		return "snippet";
	case KIND_KPATCH:
		return strcmp(sec->name, KPATCH_INACTIVE_SECTION) ? "callback"
								  : "inactive function";
	case KIND_TABLE:
		return "table entries";
	default:
		return "constant";
	}
}

static struct item *add_item(struct items *items, const char *kind, char *name, uint64_t size)
{
	struct item *item;

	grow(items->item, items->nr, items->max);
	item = &items->item[items->nr++];
	*item = (struct item){ .kind = kind, .name = name, .count = 1, .size = size };
	return item;
}

static bool is_function(const struct object *obj, const struct section *sec)
{
	const struct symbol *sym = covering_symbol(obj, sec);

	return sec->carried && sec->kind == KIND_TEXT && sym && !is_cold_part(sym->name);
}

static struct item *add_function(const struct diff *diff, struct items *items,
				 const struct section *sec)
{
	const struct object *obj = &diff->patched;
	struct item *item =
		add_item(items, "function", xasprintf("%s", section_label(obj, sec)), sec->size);

	item->status = sec->status == STATUS_NEW ? "new" : "changed";
	item->owner = owner_name(obj, sec);
	return item;
}

void list_functions(struct diff *diff, struct items *items)
{
	const struct section *sec;

	for_each_section (&diff->patched, sec) {
		if (is_function(&diff->patched, sec))
			add_function(diff, items, sec);
	}
}

static void list_entries(const struct diff *diff, const struct section *sec, struct items *items)
{
	const struct object *obj = &diff->patched;
	struct item *item = NULL;
	size_t i;

	for (i = 0; i < sec->nr_entries; i++) {
		const struct section *entry = &obj->sections[sec->entries[i]];

		if (!entry->carried)
			continue;
		if (item && !strcmp(item->name, entry->name)) {
			item->count++;
			item->size += entry->size;
			continue;
		}
		item = add_item(items, item_kind(entry), xasprintf("%s", entry->name), entry->size);
		item->owner = section_label(obj, sec);
		item->why.what = xasprintf("of %s", item->owner);
	}
}

static void list_part(struct diff *diff, const struct section *sec, struct items *items)
{
	const struct object *obj = &diff->patched;
	struct item *item = add_item(items, "unlikely part",
				     xasprintf("%s", section_label(obj, sec)), sec->size);

	item->owner = owner_name(obj, sec);
	item->why.what = xasprintf("of %s", item->owner ? item->owner : "no function");
}

static void list_other(struct diff *diff, const struct section *sec, struct items *items)
{
	char *name = sec->kind == KIND_STRINGS
			     ? describe_string(sec, 0)
			     : xasprintf("%s", section_label(&diff->patched, sec));
	struct item *item = add_item(items, item_kind(sec), name, sec->size);

	if (sec->kind == KIND_KPATCH) {
		item->why.what = xasprintf("the patch asks for it");
		return;
	}
	item->status = sec->status == STATUS_NEW && !is_anonymous(&diff->patched, sec) ? "new"
										       : "copied";
	explain_needed(diff, sec, &item->why);
}

void list_items(struct diff *diff, struct items *items)
{
	struct object *obj = &diff->patched;
	const struct section *sec;
	struct item *item;

	for_each_section (obj, sec) {
		if (!is_function(obj, sec))
			continue;
		item = add_function(diff, items, sec);
		if (sec->status == STATUS_NEW)
			explain_needed(diff, sec, &item->why);
		else
			explain_changed(diff, sec, &item->why);
	}
	for_each_section (obj, sec) {
		list_entries(diff, sec, items);
		if (!sec->carried || is_function(obj, sec) || sec->kind == KIND_TABLE)
			continue;
		if (sec->kind == KIND_TEXT)
			list_part(diff, sec, items);
		else
			list_other(diff, sec, items);
	}
}

void free_items(struct items *items)
{
	size_t i;

	for (i = 0; i < items->nr; i++) {
		free(items->item[i].name);
		free(items->item[i].why.what);
		free(items->item[i].why.before);
		free(items->item[i].why.after);
		free_origin(&items->item[i].why.origin);
	}
	free(items->item);
}

void each_removed(const struct diff *diff, void (*fn)(void *ctx, const char *name), void *ctx)
{
	const struct object *obj = &diff->orig;
	const struct symbol *sym;

	for_each_symbol (obj, sym) {
		if (sym->type == STT_FUNC && !sym->twin && sym->section &&
		    obj->sections[sym->section].kind == KIND_TEXT && !is_cold_part(sym->name))
			fn(ctx, sym->name);
	}
}

static void print_place(FILE *out, const struct diff *diff, const struct explanation *why)
{
	const struct origin *origin = &why->origin;
	const struct symbol *sym = covering_symbol(&diff->patched, why->sec);
	size_t i;

	fprintf(out, " at %s+0x%" PRIx64, sym && is_cold_part(sym->name) ? sym->name : "",
		why->offset - entry_offset(&diff->patched, why->sec));
	if (origin->file)
		fprintf(out, ", %s:%" PRIu64, origin->file, origin->line);
	for (i = 0; i < origin->nr_inlined; i++) {
		fprintf(out, ", in %s()", origin->inlined[i].name);
		if (origin->inlined[i].call_file)
			fprintf(out, " inlined at %s:%" PRIu64, origin->inlined[i].call_file,
				origin->inlined[i].call_line);
	}
}

char *explanation_text(const struct diff *diff, const struct explanation *why)
{
	size_t size;
	char *text;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		fatal("no-memory", "out of memory");
	fputs(why->what, out);
	if (why->after)
		fprintf(out, "%s %s",
			strcmp(why->what, "differs") ? ""
			: why->before		     ? ":"
						     : ": new",
			why->after);
	if (why->before)
		fprintf(out, why->after ? " instead of %s" : ": no more %s", why->before);
	if (why->placed)
		print_place(out, diff, why);
	fclose(out);
	return text;
}
