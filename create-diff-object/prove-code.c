// SPDX-License-Identifier: GPL-2.0-only
/* A function and all that belongs to it, beside the shipped one. */
#include "arch/arch.h"
#include "prove.h"
#include "util.h"

#include <inttypes.h>
#include <stdlib.h>

/* What arch.beside() hands back. */
struct context {
	struct proof *proof;
	const struct section *sec;
	struct proven_code *code;
	size_t nr_relas; /* of the shipped code, that something of the rebuilt one is beside */
};

static bool read_field(void *ctx, const struct rela *rela, uint64_t offset, size_t width,
		       bool pcrel, uint64_t end, uint64_t *place)
{
	struct context *context = ctx;
	const struct shipped_field field = {
		.address = context->code->address + offset,
		.width = width,
		.pcrel = pcrel,
		.zero_extended = rela && arch_x86_64.zero_extends(rela->type),
		.end = context->code->address + end,
	};

	context->nr_relas += shipped_rela(context->proof->shipped, field.address) != NULL;
	return shipped_refers(context->proof->shipped, &field, place);
}

static bool refers(void *ctx, const struct rela *rela, uint64_t place)
{
	const struct context *context = ctx;

	context->code->places[rela - context->sec->relas] = place;
	return solve_reference(context->proof, context->sec, rela, place);
}

static void leads(void *ctx, uint64_t from, uint64_t to, uint64_t place)
{
	const struct context *context = ctx;
	uint32_t index = section_index(context->proof->orig, context->sec);

	add_pending(context->proof, (struct pending){ index, from, index, (int64_t)to, place });
}

static char *name_of_field(const void *ctx, uint64_t field, uint64_t to)
{
	const struct context *context = ctx;
	const struct shipped *shipped = context->proof->shipped;
	struct shipped_field at = {
		.address = context->code->address + field,
		.end = context->code->address + field + 4,
	};
	const Elf64_Rela *rela = shipped_rela(shipped, at.address);

	/* of a module, the bytes tell nothing */
	if (rela) {
		at.width = arch_x86_64.rela_width((uint32_t)ELF64_R_TYPE(rela->r_info));
		at.pcrel = arch_x86_64.is_pcrel((uint32_t)ELF64_R_TYPE(rela->r_info));
		if (shipped_refers(shipped, &at, &to))
			return place_name(context->proof, to);
	}
	/* the function itself, or a number */
	if (to - context->code->address <= context->code->size ||
	    !shipped_section(shipped, to, 0) ||
	    (shipped_is_vmlinux(shipped) && !shipped_in_image(shipped, to)))
		return NULL;
	return place_name(context->proof, to);
}

/* Both instructions, and what is the matter where they do not tell it. */
static bool fail_at(struct context *context, const struct beside *beside)
{
	struct proof *proof = context->proof;
	struct failure before = proof->failure;
	const char *why = beside->why ? beside->why : before.text;
	char shipped[160] = "nothing", rebuilt[160] = "nothing", *ours;

	arch_x86_64.print_insn(proof->orig, context->sec, beside->at, rebuilt, sizeof(rebuilt));
	arch_x86_64.print_code(beside->code, beside->size, beside->shipped_at, beside->address,
			       name_of_field, context, shipped, sizeof(shipped));
	ours = xasprintf("the rebuilt code at +0x%" PRIx64 " \"%s\"", beside->at - beside->start,
			 rebuilt);
	proof->failure = (struct failure){ 0 };
	fail(proof, beside->why ? beside->open : before.open,
	     section_index(proof->orig, context->sec), beside->at,
	     "at +0x%" PRIx64 " the shipped code has \"%s\", %s%s%s%s", beside->shipped_at, shipped,
	     ours, *why ? " (" : "", why, *why ? ")" : "");
	free(before.text);
	free(ours);
	return false;
}

void forget_code(struct proof *proof, uint32_t index)
{
	struct proven_code *code = proof->codes[index];

	if (!code)
		return;
	free(code->twins);
	free(code->places);
	free(code);
	proof->codes[index] = NULL;
}

static struct proven_code *new_code(struct proof *proof, uint32_t index)
{
	const struct section *sec = &proof->orig->sections[index];
	struct proven_code *code;

	forget_code(proof, index);
	code = proof->codes[index] = xcalloc(1, sizeof(*code));
	*code = (struct proven_code){
		.end = sec->size,
		.address = proof->sections[index].address,
		.size = sec->size,
		.twins = xcalloc(sec->size + 1, sizeof(*code->twins)),
		.places = xcalloc(sec->nr_relas + 1, sizeof(*code->places)),
	};
	return code;
}

/* A function has the size that its symbol has, on either side. */
static bool set_range(struct proof *proof, uint32_t index, struct proven_code *code)
{
	const struct section *sec = &proof->orig->sections[index];
	const struct symbol *sym = covering_symbol(proof->orig, sec);

	if (sec->kind == KIND_SNIPPET)
		return true;
	code->symbol = sym ? matching_symbol(proof, sym, code->address) : NULL;
	if (!code->symbol || !sym->size || !code->symbol->size)
		return fail(proof, true, index, 0, "%s has no size",
			    section_label(proof->orig, sec));
	code->start = sym->value;
	code->end = sym->value + sym->size;
	if (code->end < code->start || code->end > sec->size)
		return fail(proof, true, index, 0, "%s goes on behind the end of its section",
			    sym->name);
	code->size = code->symbol->size;
	return true;
}

/* Room before a function for the kernel's call thunks; padding behind it. */
static bool compare_outside(struct proof *proof, uint32_t index, const struct proven_code *code)
{
	const struct section *sec = &proof->orig->sections[index];
	const struct rela *rela;
	const uint8_t *before;

	if (sec->kind == KIND_SNIPPET)
		return true;
	for_each_rela (sec, rela) {
		if (rela->offset < code->start || rela->offset >= code->end)
			return fail(proof, true, index, rela->offset,
				    "there is a reference outside of its code");
	}
	if (!arch_x86_64.is_padding(sec->data + code->end, sec->size - code->end))
		return fail(proof, true, index, code->end, "there is code behind its end");
	before = shipped_bytes(proof->shipped, code->address - code->start, code->start);
	if (code->start && (!before || memcmp(before, sec->data, code->start)))
		return fail(proof, false, index, 0,
			    "the shipped code has something else in front of the function");
	return true;
}

static bool compare_code(struct proof *proof, uint32_t index)
{
	const struct section *sec = &proof->orig->sections[index];
	struct proven_code *code = new_code(proof, index);
	struct context context = { proof, sec, code, 0 };
	struct beside beside = {
		.obj = proof->orig,
		.sec = sec,
		.twins = code->twins,
		.field = read_field,
		.refers = refers,
		.leads = leads,
		.ctx = &context,
	};

	if (!set_range(proof, index, code))
		return false;
	beside.start = code->start;
	beside.end = code->end;
	beside.address = code->address;
	beside.size = code->size;
	beside.code = shipped_bytes(proof->shipped, code->address, code->size);
	if (!beside.code)
		return fail(proof, false, index, 0, "it has no code in the shipped file");
	if (!arch_x86_64.beside(&beside))
		return fail_at(&context, &beside);
	if (context.nr_relas != shipped_nr_relas(proof->shipped, code->address, code->size))
		return fail(proof, false, index, code->start,
			    "the shipped code refers to something where the rebuilt one has a "
			    "number");
	return compare_outside(proof, index, code) && compare_tables(proof, index);
}

static bool is_code(const struct section *sec)
{
	return sec->kind == KIND_TEXT || sec->kind == KIND_SNIPPET;
}

/* Something else may have referred to the unlikely part before. */
static void add_unlikely_part(struct proof *proof)
{
	uint32_t cold = proof->orig->sections[proof->function].cold;
	size_t i;

	if (!cold || !proof->sections[cold].known)
		return;
	for (i = 0; i < proof->nr_work; i++) {
		if (proof->work[i] == cold)
			return;
	}
	add_work(proof, cold);
}

/*
 * The unlikely part may be entered behind its start only. It is the one of its name that has
 * the place.
 */
static void find_unlikely_part(struct proof *proof, const struct pending *pending)
{
	const struct section *cold = &proof->orig->sections[pending->target];
	const struct symbol *sym = covering_symbol(proof->orig, cold);
	const struct shipped_symbol *there = shipped_before(proof->shipped, pending->place);

	if (cold->owner != proof->function || proof->sections[pending->target].known || !sym ||
	    !there || pending->place - there->address >= there->size ||
	    !matching_symbol(proof, sym, there->address))
		return;
	solve_section(proof, pending->target, there->address, pending->from, pending->offset);
}

bool shipped_offset(const struct proven_code *code, uint64_t offset, uint64_t *at)
{
	uint64_t place = offset - code->start, back;

	if (offset < code->start || offset > code->end)
		return false;
	for (back = 0; back < 16 && back <= place; back++) {
		if (!code->twins[place - back])
			continue;
		*at = code->twins[place - back] - 1 + back;
		return true;
	}
	return false;
}

/*
 * Where the instruction has its twin. A place inside of one is good where both have the same
 * length, which are the same bytes then: what Xen marks with a prefix that is no instruction
 * (asm/xen/prefix.h, Linux 6.1) decodes to something else.
 */
static bool twin_of(const struct proven_code *code, uint64_t at, uint64_t *place)
{
	uint64_t start = at, next = at + 1, end = code->end - code->start;

	while (start && !code->twins[start])
		start--;
	while (next < end && !code->twins[next])
		next++;
	if (!code->twins[start] ||
	    (start != at && code->twins[next] - code->twins[start] != next - start))
		return false;
	*place = code->address + code->twins[start] - 1 + (at - start);
	return true;
}

static bool check_pending(struct proof *proof, const struct pending *pending)
{
	const struct proven_code *code = proof->codes[pending->target];
	uint64_t offset = (uint64_t)pending->target_offset, place;
	const char *name = section_label(proof->orig, &proof->orig->sections[pending->target]);

	if (!proof->sections[pending->target].known || !code)
		return fail(proof, true, pending->from, pending->offset,
			    "it refers to the middle of %s, which was not compared", name);
	if (offset < code->start || offset > code->end ||
	    !twin_of(code, offset - code->start, &place))
		return fail(proof, true, pending->from, pending->offset,
			    "it refers to +0x%" PRIx64 " of %s, where no instruction begins",
			    offset - code->start, name);
	if (place != pending->place)
		return fail(proof, false, pending->from, pending->offset,
			    "+0x%" PRIx64 " refers to +0x%" PRIx64 " of %s, the shipped code to "
			    "+0x%" PRIx64 " instead of "
			    "+0x%" PRIx64,
			    pending->offset, offset - code->start, name,
			    pending->place - code->address, place - code->address);
	return true;
}

/* Unlikely parts that nothing has led to yet; returns whether there is more work now. */
static bool find_more(struct proof *proof)
{
	size_t before = proof->nr_work, i;

	add_unlikely_part(proof);
	for (i = 0; i < proof->nr_pending; i++)
		find_unlikely_part(proof, &proof->pending[i]);
	return proof->nr_work > before;
}

static bool cold_is_compared(struct proof *proof)
{
	uint32_t cold = proof->orig->sections[proof->function].cold;

	return !cold || proof->codes[cold] ||
	       fail(proof, true, cold, 0, "nothing leads to its unlikely part");
}

/* The work grows while it is done; unlikely parts and snippets are found on the way. */
static bool do_work(struct proof *proof)
{
	size_t i = 0;

	do {
		for (; i < proof->nr_work; i++) {
			uint32_t index = proof->work[i];

			if (!(is_code(&proof->orig->sections[index])
				      ? compare_code(proof, index)
				      : compare_contents(proof, index)))
				return false;
		}
	} while (find_more(proof));
	for (i = 0; i < proof->nr_pending; i++) {
		if (!check_pending(proof, &proof->pending[i]))
			return false;
	}
	return cold_is_compared(proof);
}

void forget_function(struct proof *proof, size_t mark, uint32_t file)
{
	size_t i;

	for (i = 0; i < proof->nr_work; i++) {
		if (proof->states[proof->work[i]] == PROOF_PROVEN)
			proof->states[proof->work[i]] = PROOF_UNTRIED;
		forget_code(proof, proof->work[i]);
	}
	undo_to(proof, mark);
	proof->file = file;
}

bool prove_function(struct proof *proof, uint32_t index, uint64_t address)
{
	const struct section *sec = &proof->orig->sections[index];
	size_t mark = proof->nr_undo, i;
	uint32_t file = proof->file;

	proof->function = index;
	proof->nr_work = proof->nr_pending = 0;
	proof->failure = (struct failure){ 0 };
	if (solve_section(proof, index, address, index, entry_offset(proof->orig, sec))) {
		add_work(proof, index);
		if (do_work(proof)) {
			for (i = 0; i < proof->nr_work; i++)
				proof->states[proof->work[i]] = PROOF_PROVEN;
			return true;
		}
	}
	forget_function(proof, mark, file);
	return false;
}
