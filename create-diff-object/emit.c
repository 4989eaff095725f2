// SPDX-License-Identifier: GPL-2.0-only
/*
 * Write the diff object (doc/diff-object-format.md): what is carried, and records of
 * what it refers to outside of the patch module.
 */
#include "arch/arch.h"
#include "code-places.h"
#include "emitter.h"
#include "kinds.h"
#include "kmod/patch/kpatch-records.h"
#include "kmod/patch/kpatch-shipped.h"
#include "parent.h"
#include "passes.h"
#include "proof.h"
#include "prove-record.h"
#include "report.h"
#include "tables.h"
#include "util.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define MAX_ALIGN 4096

/*
 * A part is aligned as it was in its section: its offset there tells no less. Functions
 * stand in sections of their own.
 */
static uint64_t part_align(const struct section *sec)
{
	uint64_t align = sec->shdr.sh_addralign, at = sec->origin_offset;

	if (sec->kind == KIND_TABLE || sec->kind == KIND_SNIPPET)
		return 1;
	if (sec->kind == KIND_TEXT || !at || (at & -at) > align)
		return align;
	return at & -at;
}

/* The kernel places modules at the start of a page (module_alloc()), no better. */
static void check_align(struct diff *diff, const struct section *sec, uint64_t align)
{
	if (align > MAX_ALIGN)
		finding_at(diff, "alignment", spot_of(diff, sec), "allocate it when it is needed",
			   "%s is to be aligned to %" PRIu64 " bytes, but modules are to pages "
			   "only",
			   section_label(&diff->patched, sec), align);
}

/*
 * Parts of a section go to one section again, but each function has its own: the
 * kernel's stack check takes the range up to the next symbol for the function.
 */
static uint32_t output_section(struct emitter *e, const struct section *sec)
{
	uint64_t flags = sec->shdr.sh_flags & ~(uint64_t)(SHF_GROUP | SHF_LINK_ORDER);
	uint32_t out = e->out_section[sec->origin];

	if (out && sec->kind != KIND_TEXT)
		return out;
	out = elf_writer_section(e->out, sec->name, sec->shdr.sh_type, flags, sec->shdr.sh_entsize);
	e->out_section[sec->origin] = out;
	return out;
}

static uint8_t output_bind(const struct section *sec, const struct symbol *sym)
{
	return sec->status == STATUS_NEW && !is_numbered(sym->name) ? sym->bind : STB_LOCAL;
}

static void place_section(struct emitter *e, struct section *sec)
{
	struct object *obj = &e->diff->patched;
	const struct symbol *sym = covering_symbol(obj, sec);
	uint32_t index = section_index(obj, sec);
	struct place *place = &e->places[index];

	uint64_t align = part_align(sec);

	check_align(e->diff, sec, align);
	place->section = output_section(e, sec);
	place->offset = elf_writer_append(e->out, place->section, sec->data, sec->size, align, 0);
	place->end = place->offset + sec->size;
	if (sym && (sym->type == STT_FUNC || sym->type == STT_OBJECT))
		e->defined[index] = elf_writer_symbol(e->out, sym->name, place->section,
						      place->offset + sym->value,
						      sec->size - sym->value, output_bind(sec, sym),
						      sym->type) +
				    1;
}

/*
 * A part goes behind its function, without a symbol of its own: the kernel's stack
 * check would not know that it belongs to the function.
 */
static void place_part(struct emitter *e, struct section *sec)
{
	struct object *obj = &e->diff->patched;
	struct place *place = &e->places[section_index(obj, sec)];
	uint32_t root = function_of(obj, sec->owner);
	struct place *function = &e->places[root];

	place->section = function->section;
	place->offset = elf_writer_append(e->out, place->section, sec->data, sec->size, 1, 0x90);
	function->end = place->offset + sec->size;
	if (!e->defined[root])
		return;
	elf_writer_resize_symbol(e->out, e->defined[root] - 1,
				 function->end - function->offset -
					 entry_offset(obj, &obj->sections[root]));
}

static bool is_part(const struct section *sec)
{
	return sec->kind == KIND_TEXT && sec->owner;
}

/* __patchable_function_entries is such a section: one for each function. */
static void keep_link_order(struct emitter *e)
{
	const struct section *sec;

	for_each_section (&e->diff->patched, sec) {
		if (sec->carried && sec->owner && (sec->shdr.sh_flags & SHF_LINK_ORDER))
			elf_writer_link_order(
				e->out, e->places[section_index(&e->diff->patched, sec)].section,
				e->places[sec->owner].section);
	}
}

static void place_all(struct emitter *e)
{
	struct section *sec;

	for_each_section (&e->diff->patched, sec) {
		if (sec->carried && !is_part(sec))
			place_section(e, sec);
	}
	for_each_section (&e->diff->patched, sec) {
		if (sec->carried && is_part(sec))
			place_part(e, sec);
	}
	keep_link_order(e);
}

/*
 * A reference into the middle of a function is spelled against the section, as the
 * assembler does: objtool takes a jump to a function's symbol for a call of it. So is one to a
 * table of labels, which objtool finds by that only (arch_find_switch_table(), Linux 6.1).
 */
static bool is_spelled_by_symbol(const struct emitter *e, const struct rela *rela)
{
	const struct object *obj = &e->diff->patched;
	const struct section *target = &obj->sections[rela->target];

	if (!e->defined[rela->target] || e->code_places[rela->target])
		return false;
	return target->kind != KIND_TEXT ||
	       rela->target_offset == (int64_t)entry_offset(obj, target);
}

static void emit_local_rela(struct emitter *e, const struct place *from, const struct rela *rela)
{
	const struct section *target = &e->diff->patched.sections[rela->target];
	const struct place *to = &e->places[rela->target];
	int64_t entry = (int64_t)entry_offset(&e->diff->patched, target);
	int64_t addend = rela->target_offset - rela->bias;
	uint32_t symbol;

	if (is_spelled_by_symbol(e, rela)) {
		symbol = e->defined[rela->target] - 1;
		addend -= entry;
	} else {
		symbol = elf_writer_section_symbol(e->out, to->section);
		addend += (int64_t)to->offset;
	}
	elf_writer_rela(e->out, from->section, from->offset + rela->offset, rela->type, symbol,
			addend);
}

/*
 * objtool finds out by itself which local functions never return. One that stays
 * behind in the kernel it cannot see, and would follow the code behind the call:
 * .discard.unreachable tells it (add_dead_ends() of tools/objtool/check.c, Linux 6.1).
 */
static void mark_end_of_code(struct emitter *e, const struct section *sec, const struct rela *rela)
{
	const struct object *obj = &e->diff->patched;
	const struct place *from = &e->places[section_index(obj, sec)];
	uint64_t behind = from->offset + rela->offset + (uint64_t)rela->bias, at;

	if (!rela->target || !arch_x86_64.is_call(sec, rela) ||
	    obj->sections[rela->target].kind != KIND_TEXT ||
	    !never_returns(&e->dead_ends, rela->target))
		return;
	if (!e->unreachable)
		e->unreachable =
			elf_writer_section(e->out, ".discard.unreachable", SHT_PROGBITS, 0, 0);
	at = elf_writer_append(e->out, e->unreachable, NULL, 4, 1, 0);
	elf_writer_rela(e->out, e->unreachable, at, arch_x86_64.rela_pc32,
			elf_writer_section_symbol(e->out, from->section), (int64_t)behind);
}

/* The symbol through which a place that is not carried can be bound, or NULL. */
static const struct symbol *named_place(struct emitter *e, const struct rela *rela)
{
	struct object *obj = &e->diff->patched;
	const struct symbol *covering = covering_symbol(obj, &obj->sections[rela->target]);
	uint32_t label;

	if (covering)
		return covering;
	if (!e->labels.symbols)
		find_labels(&e->labels, obj, true);
	label = label_before(&e->labels, obj, rela->target, rela->target_offset);
	return label ? &obj->symbols[label] : NULL;
}

/*
 * struct static_key (linux/jump_label.h): zeros are one that is off. The lowest two bits of
 * a reference to a key are flags of the branch.
 */
static void emit_off_key(struct emitter *e, const struct place *from, const struct rela *rela)
{
	enum { KEY_SIZE = 16, KEY_FLAGS = 3 };

	if (!e->off_key) {
		uint32_t section = elf_writer_section(e->out, ".data.kpatch_off_key", SHT_PROGBITS,
						      SHF_ALLOC | SHF_WRITE, 0);

		elf_writer_append(e->out, section, NULL, KEY_SIZE, 8, 0);
		e->off_key = elf_writer_symbol(e->out, "kpatch_off_key", section, 0, KEY_SIZE,
					       STB_LOCAL, STT_OBJECT) +
			     1;
	}
	elf_writer_rela(e->out, from->section, from->offset + rela->offset, rela->type,
			e->off_key - 1, rela->addend & KEY_FLAGS);
}

static void emit_rela(struct emitter *e, const struct section *sec, const struct rela *rela)
{
	struct object *obj = &e->diff->patched;
	const struct place *from = &e->places[section_index(obj, sec)];
	const struct symbol *sym;
	uint32_t symbol;

	e->spot = spot_at(e->diff, sec, rela->offset);
	if (sec->inert && rela->offset == JUMP_KEY) {
		emit_off_key(e, from, rela);
		return;
	}
	if (reference_is_local(obj, sec, rela)) {
		emit_local_rela(e, from, rela);
		return;
	}
	if (rela->target && obj->sections[rela->target].shipped) {
		elf_writer_rela(e->out, from->section, from->offset + rela->offset, rela->type,
				text_symbol(e),
				(int64_t)obj->sections[rela->target].shipped + rela->target_offset -
					rela->bias);
		return;
	}
	sym = rela->target ? named_place(e, rela) : &obj->symbols[rela->symbol];
	if (!sym || (rela->target && !sym->twin)) {
		finding_at(e->diff, "reference-unnamed", e->spot,
			   "do without it, or write the code in another way",
			   "%s refers to a place in %s that has no name in the kernel",
			   section_label(obj, sec), obj->sections[rela->target].name);
		return;
	}
	mark_end_of_code(e, sec, rela);
	e->rela = rela;
	symbol = rela->target ? original_symbol(e, sym) : external_symbol(e, sym->name, sym->bind);
	e->rela = NULL;
	elf_writer_rela(e->out, from->section, from->offset + rela->offset, rela->type, symbol,
			rela->target_offset - (rela->target ? (int64_t)sym->value : 0) -
				rela->bias);
}

/*
 * The macros leave the object open: only here it is known which one is patched. It is the second
 * word of callbacks and of inactive functions.
 */
static void name_objects(struct emitter *e, const struct section *sec)
{
	const struct place *place = &e->places[section_index(&e->diff->patched, sec)];
	uint64_t at;

	_Static_assert(offsetof(struct kpatch_callback_record, object) ==
				       offsetof(struct kpatch_inactive_record, object) &&
			       sizeof(struct kpatch_callback_record) ==
				       sizeof(struct kpatch_inactive_record),
		       "records that the macros begin");
	for (at = 0; at + sizeof(struct kpatch_callback_record) <= sec->size;
	     at += sizeof(struct kpatch_callback_record))
		record_string(e, place->section,
			      place->offset + at + offsetof(struct kpatch_callback_record, object),
			      e->diff->parent_name);
}

static void emit_relas(struct emitter *e)
{
	const struct section *sec;
	const struct rela *rela;

	for_each_section (&e->diff->patched, sec) {
		if (!sec->carried)
			continue;
		for_each_rela (sec, rela)
			emit_rela(e, sec, rela);
		if (sec->kind == KIND_KPATCH)
			name_objects(e, sec);
	}
}

static void emit_shipped(struct emitter *e, uint32_t index)
{
	size_t size;
	void *records = shipped_records(e->diff, index, &size);

	if (!e->shipped)
		e->shipped = elf_writer_section(e->out, KPATCH_SHIPPED_SECTION, SHT_PROGBITS, 0, 0);
	elf_writer_append(e->out, e->shipped, records, size, 8, 0);
	free(records);
}

static void emit_function_record(struct emitter *e, const struct section *sec)
{
	struct object *obj = &e->diff->patched;
	const struct symbol *sym = covering_symbol(obj, sec);
	const struct symbol *orig = &e->diff->orig.symbols[sym->twin];
	const struct place *place = &e->places[section_index(obj, sec)];
	struct kpatch_func_record record = { .new_size = place->end - place->offset - sym->value };
	const struct shipped_symbol *proven = proven_symbol(e->diff->proof, orig);
	const struct parent_symbol *parent;
	bool ambiguous, failed = false;
	struct binding b;
	uint64_t at;

	e->spot = spot_of(e->diff, sec);
	if (!bind_in_parent(e, orig->name, orig->bind == STB_LOCAL, orig, &b, &failed)) {
		if (failed)
			return;
		tell_unlike(e->diff);
		finding_at(e->diff, "function-not-in-parent", e->spot,
			   "give the kernel or module that the source and its configuration belong "
			   "to",
			   "the changed function %s is not in %s", orig->name,
			   e->diff->parent_name);
		return;
	}
	parent = proven ? parent_numbered(e->diff->parent, proven->name, proven->order)
			: parent_lookup(e->diff->parent, orig->name, orig->bind == STB_LOCAL,
					&ambiguous);
	if (orig->bind == STB_WEAK && parent->bind != STB_WEAK) {
		finding_at(e->diff, "weak-overridden", e->spot, "change that one",
			   "the changed function %s is weak, and %s has another one of that name, "
			   "which is the one that runs",
			   orig->name, e->diff->parent_name);
		return;
	}
	record.sympos = b.position;
	record.old_size = parent->size;
	at = elf_writer_append(e->out, e->funcs, &record, sizeof(record), 8, 0);
	record_pointer(e, e->funcs, at + offsetof(struct kpatch_func_record, new_addr),
		       e->defined[section_index(obj, sec)] - 1, 0);
	record_string(e, e->funcs, at + offsetof(struct kpatch_func_record, old_name), b.name);
	record_string(e, e->funcs, at + offsetof(struct kpatch_func_record, object),
		      e->diff->parent_name);
	emit_shipped(e, orig->section);
}

/* One that its callers bring along has no row, and is to be named where it is not proven. */
static void emit_functions(struct emitter *e)
{
	const struct section *sec;

	for_each_section (&e->diff->patched, sec) {
		uint32_t replaced = replaced_function(e->diff, sec);

		if (sec->carried && sec->kind == KIND_TEXT && sec->status == STATUS_CHANGED &&
		    !is_part(sec) && sec->symbol)
			emit_function_record(e, sec);
		else if (replaced && !is_proven(e->diff->proof, replaced))
			emit_shipped(e, replaced);
	}
}

static void free_emitter(struct emitter *e)
{
	size_t i;

	elf_writer_free(e->out);
	dead_ends_free(&e->dead_ends);
	for (i = 0; i < e->nr_undefined; i++)
		free(e->undefined[i].name);
	for (i = 0; i < e->nr_names; i++)
		free(e->names[i]);
	names_free(&e->by_name);
	free(e->undefined);
	free_labels(&e->labels);
	free(e->names);
	free(e->places);
	free(e->code_places);
	free(e->out_section);
	free(e->defined);
}

static int write_output(struct diff *diff, struct elf_writer *out, char **error)
{
	*error = no_file_to_replace(diff->out_path);
	if (*error)
		return -1;
	diff->temporary = xasprintf("%s.tmp.%d", diff->out_path, (int)getpid());
	return elf_writer_write(out, diff->temporary, diff->out_path, error);
}

void emit(struct diff *diff)
{
	struct object *obj = &diff->patched;
	struct emitter e = { .diff = diff, .out = elf_writer_new() };
	char *error;

	dead_ends_init(&e.dead_ends, obj);
	e.places = xcalloc(obj->nr_sections, sizeof(*e.places));
	e.code_places = find_code_places(obj);
	e.out_section = xcalloc(obj->nr_sections, sizeof(*e.out_section));
	e.defined = xcalloc(obj->nr_sections, sizeof(*e.defined));
	e.strings = elf_writer_section(e.out, KPATCH_STRINGS_SECTION, SHT_PROGBITS, SHF_ALLOC, 0);
	e.funcs = elf_writer_section(e.out, KPATCH_DIFF_FUNCS_SECTION, SHT_PROGBITS, 0, 0);
	e.bind = elf_writer_section(e.out, KPATCH_BIND_SECTION, SHT_PROGBITS, 0, 0);
	elf_writer_symbol(e.out, obj->label, SHN_ABS, 0, 0, STB_LOCAL, STT_FILE);
	place_all(&e);
	emit_relas(&e);
	emit_functions(&e);
	share_symbols(&e);
	check_proven(diff);
	if (!is_refused(diff) && write_output(diff, e.out, &error))
		fatal("cannot-write", "%s", error);
	free_emitter(&e);
}
