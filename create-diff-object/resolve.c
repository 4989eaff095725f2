// SPDX-License-Identifier: GPL-2.0-only
/*
 * References out of the patch module: which symbol of the kernel is meant, and how the
 * module gets its address. What module linking cannot resolve becomes a row of .kpatch.bind.
 */
#include "arch/arch.h"
#include "emitter.h"
#include "exports.h"
#include "kmod/patch/kpatch-records.h"
#include "parent.h"
#include "passes.h"
#include "proof.h"
#include "report.h"
#include "util.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void keep_name(struct emitter *e, char *name)
{
	grow(e->names, e->nr_names, e->max_names);
	e->names[e->nr_names++] = name;
}

static uint64_t add_text(struct emitter *e, const char *s)
{
	return elf_writer_append(e->out, e->strings, s, strlen(s) + 1, 1, 0);
}

/* A pointer field of a record. */
void record_pointer(struct emitter *e, uint32_t section, uint64_t at, uint32_t symbol,
		    uint64_t addend)
{
	elf_writer_rela(e->out, section, at, arch_x86_64.rela_abs64, symbol, (int64_t)addend);
}

void record_string(struct emitter *e, uint32_t section, uint64_t at, const char *s)
{
	record_pointer(e, section, at, elf_writer_section_symbol(e->out, e->strings),
		       add_text(e, s));
}

static uint32_t add_undefined(struct emitter *e, char *name, uint8_t bind)
{
	grow(e->undefined, e->nr_undefined, e->max_undefined);
	e->undefined[e->nr_undefined].name = name;
	e->undefined[e->nr_undefined].symbol =
		elf_writer_symbol(e->out, name, 0, 0, 0, bind, STT_NOTYPE);
	*names_value(&e->by_name, name) = (uint32_t)e->nr_undefined + 1;
	return e->undefined[e->nr_undefined++].symbol;
}

static bool find_undefined(const struct emitter *e, const char *name, uint32_t *symbol)
{
	const uint32_t *found = names_find(&e->by_name, name, strlen(name));

	if (found)
		*symbol = e->undefined[*found - 1].symbol;
	return found;
}

static uint32_t undefined_symbol(struct emitter *e, const char *name, uint8_t bind)
{
	uint32_t symbol;

	if (find_undefined(e, name, &symbol))
		return symbol;
	return add_undefined(e, xasprintf("%s", name), bind);
}

/* @name is the emitter's from here on. */
static uint32_t bound_under(struct emitter *e, char *name, const struct binding *b)
{
	struct kpatch_bind_record record = { .sympos = b->position };
	uint32_t symbol;
	uint64_t at;

	if (find_undefined(e, name, &symbol)) {
		free(name);
		return symbol;
	}
	symbol = add_undefined(e, name, STB_GLOBAL);
	at = elf_writer_append(e->out, e->bind, &record, sizeof(record), 8, 0);
	record_pointer(e, e->bind, at + offsetof(struct kpatch_bind_record, symbol), symbol, 0);
	record_string(e, e->bind, at + offsetof(struct kpatch_bind_record, name), b->name);
	record_string(e, e->bind, at + offsetof(struct kpatch_bind_record, object), b->object);
	record_string(e, e->bind, at + offsetof(struct kpatch_bind_record, target), b->target);
	return symbol;
}

static uint32_t bound_symbol(struct emitter *e, const struct binding *b)
{
	/* objtool takes what begins with __SCT__ for a static call */
	const char *prefix = is_tracepoint_call(b->name) ? "kpatch." : "";

	return bound_under(e,
			   b->plain ? xasprintf("%s", b->name)
				    : xasprintf("%s%s.kpatch.%s.%s.%" PRIu64, prefix, b->name,
						b->target, b->object, b->position),
			   b);
}

void tell_unlike(struct diff *diff)
{
	if (parent_unlike(diff->parent))
		warning(diff, "parent-unlike",
			"no file of %s has the local symbols of %s, so it is probably another "
			"version, was built from other source or with another configuration, or "
			"does not contain this file; give the one that the source belongs to",
			diff->parent_name, diff->orig.label);
}

/*
 * Whether the shipped one has another of the compiler's numbers, which says nothing beside its
 * content: clones of one function change places with what else is compiled.
 */
static bool is_renumbered(const struct diff *diff, const struct symbol *orig,
			  const struct shipped_symbol *proven)
{
	return strcmp(orig->name, proven->name) && orig->section &&
	       (diff->orig.sections[orig->section].kind != KIND_TEXT ||
		is_proven(diff->proof, orig->section));
}

/*
 * What the shipped code refers to decides between symbols of one name. Where names tell
 * something else, one of both is wrong: false, with a finding.
 */
static bool settle_by_proof(struct emitter *e, const struct symbol *orig,
			    const struct parent_symbol **sym, bool *ambiguous)
{
	const struct shipped_symbol *proven = orig ? proven_symbol(e->diff->proof, orig) : NULL;
	const struct parent_symbol *known;

	if (!proven)
		return true;
	known = parent_numbered(e->diff->parent, proven->name, proven->order);
	if (known && is_renumbered(e->diff, orig, proven))
		*sym = known;
	if (!known ||
	    (*sym && ((*sym)->address != known->address || (*sym)->shndx != known->shndx))) {
		finding_at(e->diff, "symbol-contradicts", e->spot,
			   "give the kernel or module that the source and its configuration belong "
			   "to",
			   "the shipped code refers to %s, but by its name and file %s is another "
			   "symbol of %s",
			   proven->name, orig->name, e->diff->parent_name);
		return false;
	}
	if (*ambiguous)
		*sym = known;
	*ambiguous = false;
	return true;
}

/* Finds @name in the parent. False when it is not there, or with a finding. */
bool bind_in_parent(struct emitter *e, const char *name, bool local, const struct symbol *orig,
		    struct binding *b, bool *failed)
{
	struct diff *diff = e->diff;
	const struct parent_symbol *sym;
	bool ambiguous;
	int position;

	sym = parent_lookup(diff->parent, name, local, &ambiguous);
	if (!settle_by_proof(e, orig, &sym, &ambiguous)) {
		*failed = true;
		return false;
	}
	if (ambiguous) {
		tell_unlike(diff);
		finding_at(diff, "symbol-ambiguous", e->spot,
			   "give the object's own kernel or module; if it is, change the patch so "
			   "that it does not use the symbol",
			   "%s is a local symbol, and which one of that name in %s is meant cannot "
			   "be told: the symbols of %s do not stand together there as they do in "
			   "the original object",
			   name, diff->parent_name, diff->orig.label);
		*failed = true;
		return false;
	}
	if (!sym)
		return false;
	if (refuse_freed(e, sym) || refuse_unmarked(e, sym)) {
		*failed = true;
		return false;
	}
	position = parent_position(diff->parent, sym);
	if (position < 0) {
		finding_at(diff, "position-unstable", e->spot,
			   "change another function, for example a caller",
			   "the position of %s among the symbols of that name in %s is not the "
			   "same before and after the init code of the module is freed",
			   name, diff->parent_name);
		*failed = true;
		return false;
	}
	*b = (struct binding){ sym->name, diff->parent_name, diff->parent_name, (uint64_t)position,
			       patches_vmlinux(diff) && !local };
	return true;
}

/*
 * objtool pairs a static call's trampoline __SCT__x with its key __SCK__x by name
 * (tools/objtool/check.c, create_static_call_sections(), Linux 6.1). Without the key
 * in the object it takes the trampoline for it, which the kernel can resolve only for
 * keys that are meant to stay private (EXPORT_STATIC_CALL_TRAMP).
 */
static void add_static_call_key(struct emitter *e, const char *name)
{
	bool failed = false;
	struct binding b;
	char *key;

	if (!has_prefix(name, "__SCT__") ||
	    (is_tracepoint_call(name) && !patches_vmlinux(e->diff) &&
	     !exporter_of(e->diff->exports, name, NULL)))
		return;
	key = xasprintf("__SCK__%s", name + strlen("__SCT__"));
	keep_name(e, key);
	if (exporter_of(e->diff->exports, key, NULL))
		undefined_symbol(e, key, STB_GLOBAL);
	else if (!exporter_of(e->diff->exports, name, NULL) &&
		 bind_in_parent(e, key, false, NULL, &b, &failed))
		bound_symbol(e, &b);
}

bool original_uses(const struct diff *diff, const char *name)
{
	const struct symbol *sym;

	for_each_symbol (&diff->orig, sym) {
		if (!sym->section && sym->bind != STB_LOCAL && !strcmp(sym->name, name))
			return true;
	}
	return false;
}

/*
 * Whether the patched module keeps the other one, which has @name. What it has not needed
 * so far may not be there, or go while the patch calls it: the patch module then depends on it
 * itself, as an ordinary module does.
 */
static bool keeps(const struct diff *diff, const char *exporter, const char *name)
{
	return is_vmlinux(exporter) || parent_depends(diff->parent, exporter) ||
	       original_uses(diff, name);
}

/*
 * Ordinary module linking makes the patch module depend on the one that has the export. The kernel
 * itself cannot: built with the patch, it would not link.
 */
static void tell_import(struct emitter *e, const char *name, const char *exporter)
{
	const char *user = section_label(&e->diff->patched, e->spot.sec);
	uint32_t symbol;

	if (find_undefined(e, name, &symbol))
		return;
	if (patches_vmlinux(e->diff))
		finding_at(e->diff, "export-of-module", e->spot,
			   "use what the kernel itself has, or a header's static inline function",
			   "%s uses %s, which is in the module %s: the kernel itself cannot use it",
			   user, name, exporter);
	else
		warning_at(e->diff, "module-needed", e->spot,
			   "load that one first, and see that it is there wherever the patch is",
			   "%s uses %s of the module %s, which %s has not needed so far: the patch "
			   "can be loaded only where %s is",
			   user, name, exporter, e->diff->parent_name, exporter);
}

/*
 * The symbol in the output for something global outside of the patch module. A module's
 * own symbol comes before an export of that name, as when the module was linked. The kernel's own
 * weak reference to a module's export leads nowhere, and a patch module's to the export.
 */
uint32_t external_symbol(struct emitter *e, const char *name, uint8_t bind)
{
	struct diff *diff = e->diff;
	bool failed = false, restricted, own = !patches_vmlinux(diff);
	const char *exporter = exporter_of(diff->exports, name, &restricted), *target;
	struct binding b;

	add_static_call_key(e, name);
	if (own && bind_in_parent(e, name, false, NULL, &b, &failed))
		return bound_symbol(e, &b);
	if (exporter && is_vmlinux(exporter) && !restricted)
		return undefined_symbol(e, name, bind);
	if (!own && bind_in_parent(e, name, false, NULL, &b, &failed))
		return bound_symbol(e, &b);
	if (exporter && own && keeps(diff, exporter, name)) {
		target = is_vmlinux(exporter) ? exporter : diff->parent_name;
		b = (struct binding){ name, exporter, target, 0, is_vmlinux(exporter) };
		return bound_symbol(e, &b);
	}
	if (exporter && !is_vmlinux(exporter) && (bind != STB_WEAK || !own))
		tell_import(e, name, exporter);
	refuse_unmarked_local(e, name);
	return undefined_symbol(e, name, bind);
}

uint32_t text_symbol(struct emitter *e)
{
	const struct binding b = { "_text", "vmlinux", "vmlinux", 0, true };

	return bound_symbol(e, &b);
}

static void tell_missing(struct emitter *e, const char *name)
{
	tell_unlike(e->diff);
	finding_at(e->diff, "symbol-not-in-parent", e->spot,
		   "give the kernel or module that the source and its configuration belong to",
		   "%s is not among the symbols of %s", name, e->diff->parent_name);
}

/* The symbol in the output for the original of something that has a twin. */
uint32_t original_symbol(struct emitter *e, const struct symbol *sym)
{
	const struct symbol *orig = &e->diff->orig.symbols[sym->twin];
	bool failed = false;
	struct binding b;

	if (orig->bind != STB_LOCAL && sym->bind != STB_LOCAL) {
		const struct section *sec = &e->diff->patched.sections[sym->section];

		/* a changed function's own name is taken by its replacement */
		if (!sec->carried)
			return external_symbol(e, orig->name, STB_GLOBAL);
		if (bind_in_parent(e, orig->name, false, orig, &b, &failed)) {
			b.plain = false;
			return bound_symbol(e, &b);
		}
	} else if (bind_in_parent(e, orig->name, orig->bind == STB_LOCAL, orig, &b, &failed)) {
		b.plain = false;
		return bound_symbol(e, &b);
	}
	if (!failed)
		tell_missing(e, orig->name);
	return undefined_symbol(e, orig->name, STB_GLOBAL);
}

/* What has a local symbol of that name in the original, and a global one now; or NULL. */
static const struct symbol *made_global(const struct diff *diff, const char *name)
{
	const struct symbol *sym, *orig;

	for_each_symbol (&diff->patched, sym) {
		orig = &diff->orig.symbols[sym->twin];
		if (sym->section && sym->twin && sym->bind != STB_LOCAL &&
		    orig->bind == STB_LOCAL && !strcmp(sym->name, name) &&
		    !strcmp(orig->name, name))
			return sym;
	}
	return NULL;
}

bool shares_anything(const struct diff *diff)
{
	size_t i;

	for (i = 0; i < diff->nr_shared; i++) {
		if (made_global(diff, diff->shared[i]))
			return true;
	}
	return false;
}

static bool is_init(struct emitter *e, const struct symbol *sym)
{
	const struct section *sec = &e->diff->patched.sections[sym->section];

	if (sec->kind != KIND_INIT)
		return false;
	finding_at(e->diff, "init-reference", e->spot,
		   "use a copy of it outside of init, or other code",
		   "another file of the patch uses %s, which is in the init section %s; its memory "
		   "is freed when %s",
		   sym->name, sec->name, when_freed(e->diff));
	return true;
}

void share_symbols(struct emitter *e)
{
	struct diff *diff = e->diff;
	size_t i;

	for (i = 0; i < diff->nr_shared; i++) {
		const struct symbol *sym = made_global(diff, diff->shared[i]);
		bool failed = false;
		struct binding b;

		if (!sym)
			continue;
		e->spot = spot_of(diff, &diff->patched.sections[sym->section]);
		if (is_init(e, sym))
			continue;
		if (bind_in_parent(e, sym->name, true, &diff->orig.symbols[sym->twin], &b, &failed))
			bound_under(e, xasprintf("%s", sym->name), &b);
		else if (!failed)
			tell_missing(e, sym->name);
	}
}
