// SPDX-License-Identifier: GPL-2.0-only
/* x86-64: relocation types from the psABI, section 4.4.1; instructions by Zydis. */
#include "arch.h"
#include "x86-decode.h"
#include "x86.h"
#include "create-diff-object/tables.h"
#include "create-diff-object/util.h"
#include "lib/thunk-register.h"

#include <Zydis/Zydis.h>
#include <stdlib.h>

static bool known_rela(uint32_t type)
{
	switch (type) {
	case R_X86_64_64:
	case R_X86_64_PC32:
	case R_X86_64_PLT32:
	case R_X86_64_32:
	case R_X86_64_32S:
	case R_X86_64_PC64:
		return true;
	}
	return false;
}

static size_t rela_width(uint32_t type)
{
	switch (type) {
	case R_X86_64_64:
	case R_X86_64_PC64:
		return 8;
	case R_X86_64_8:
	case R_X86_64_PC8:
		return 1;
	case R_X86_64_16:
	case R_X86_64_PC16:
		return 2;
	default:
		return 4;
	}
}

static bool is_pcrel(uint32_t type)
{
	return type == R_X86_64_PC32 || type == R_X86_64_PLT32 || type == R_X86_64_PC64;
}

/*
 * The byte before the displacement of a %rip-relative operand is its ModRM byte,
 * xx000101b with mod 0, so it cannot be taken for one of these opcodes.
 */
static bool is_branch(const struct section *sec, const struct rela *rela)
{
	const uint8_t *code = sec->data;
	uint64_t at = rela->offset;

	if (!code || !at || (rela->type != R_X86_64_PC32 && rela->type != R_X86_64_PLT32))
		return false;
	if (code[at - 1] == 0xe8 || code[at - 1] == 0xe9)
		return true;
	return at > 1 && code[at - 2] == 0x0f && (code[at - 1] & 0xf0) == 0x80;
}

static bool is_call(const struct section *sec, const struct rela *rela)
{
	return is_branch(sec, rela) && sec->data[rela->offset - 1] == 0xe8;
}

/* The relocated field of an instruction may be followed by an immediate operand. */
static size_t set_bias(struct section *sec, size_t r, uint64_t start, uint64_t end)
{
	while (r < sec->nr_relas && sec->relas[r].offset < end) {
		struct rela *rela = &sec->relas[r++];

		if (rela->offset >= start && is_pcrel(rela->type))
			rela->bias = (int8_t)(end - rela->offset);
	}
	return r;
}

static bool field_has_rela(const struct section *sec, size_t r, uint64_t start)
{
	return r && sec->relas[r - 1].offset >= start;
}

struct branch {
	uint64_t field; /* offset of the displacement */
	uint64_t target; /* offset in the section */
	uint64_t end; /* end of the instruction */
	bool wide; /* 32 bits */
};

static bool decode_branch(const ZydisDecodedInstruction *insn, uint64_t at, struct branch *branch)
{
	if (!(insn->attributes & ZYDIS_ATTRIB_IS_RELATIVE) || !insn->raw.imm[0].is_relative)
		return false;
	branch->field = at + insn->raw.imm[0].offset;
	branch->end = at + insn->length;
	branch->target = branch->end + (uint64_t)insn->raw.imm[0].value.s;
	branch->wide = insn->raw.imm[0].size == 32;
	return true;
}

struct added {
	struct rela *relas;
	size_t nr, max;
};

/*
 * gas resolves a branch to a local function of the same section by itself. The
 * same branch between two carried functions needs a relocation; a short one has
 * no room for it, and gets a type that only serves to compare (R_X86_64_PC8).
 */
static void add_branch_rela(struct added *added, const struct branch_rules *rules,
			    const struct branch *branch)
{
	struct rela *rela;
	uint64_t value;

	grow(added->relas, added->nr, added->max);
	rela = &added->relas[added->nr++];
	memset(rela, 0, sizeof(*rela));
	rela->offset = (uint32_t)branch->field;
	rela->type = branch->wide ? R_X86_64_PLT32 : R_X86_64_PC8;
	rela->symbol = rules->label_before(rules->ctx, branch->target, &value);
	rela->bias = (int8_t)(branch->end - branch->field);
	rela->addend = (int64_t)(branch->target - value) - rela->bias;
}

static void merge_added(struct section *sec, struct added *added)
{
	if (!added->nr)
		return;
	sec->relas = xrealloc(sec->relas, sec->nr_relas + added->nr, sizeof(*sec->relas));
	memcpy(sec->relas + sec->nr_relas, added->relas, added->nr * sizeof(*added->relas));
	sec->nr_relas += added->nr;
	qsort(sec->relas, sec->nr_relas, sizeof(*sec->relas), rela_by_offset);
	free(added->relas);
}

static bool decode_section(struct section *sec, const struct branch_rules *rules, uint64_t *where)
{
	ZydisDecodedInstruction insn;
	ZydisDecoder decoder;
	struct added added = { 0 };
	struct branch branch;
	uint64_t at = 0;
	size_t r = 0;

	if (ZYAN_FAILED(
		    ZydisDecoderInit(&decoder, ZYDIS_MACHINE_MODE_LONG_64, ZYDIS_STACK_WIDTH_64)))
		fatal("zydis", "the instruction decoder cannot be set up");
	while (at < sec->size) {
		if (!x86_decode(&decoder, sec->data + at, sec->size - at, &insn)) {
			*where = at;
			free(added.relas);
			return false;
		}
		r = set_bias(sec, r, at, at + insn.length);
		if (rules && !field_has_rela(sec, r, at) && decode_branch(&insn, at, &branch) &&
		    rules->leaves(rules->ctx, at, branch.target))
			add_branch_rela(&added, rules, &branch);
		at += insn.length;
	}
	merge_added(sec, &added);
	return true;
}

/*
 * A replacement without instructions (static_cpu_has() has one) is at the place of the
 * next one, which belongs to somebody else.
 *
 * struct alt_instr (asm/alternative.h): the offsets of the instruction and of its
 * replacement, 32 bits each, and at the end the lengths of both, a byte each; until Linux
 * 5.12 with the length of the padding behind them, which made it 13 bytes.
 */
static void settle_replacements(struct section *sec, size_t size)
{
	size_t length = size == 13 ? 11 : size - 1, i;

	for (i = 1; size >= 12 && i < sec->nr_relas; i++) {
		const struct rela *place = &sec->relas[i - 1];
		struct rela *replacement = &sec->relas[i];

		if (place->offset % size || replacement->offset != place->offset + 4 ||
		    length >= sec->size - place->offset || sec->data[place->offset + length])
			continue;
		replacement->symbol = place->symbol;
		replacement->addend = place->addend;
	}
}

/* Asked of an instruction, with the relocation in it or NULL. */
typedef bool (*insn_test_fn)(const void *ctx, const ZydisDecodedInstruction *insn,
			     const struct rela *rela);

/* Whether an instruction passes the test, which is at @at then; @unknown where one is not known. */
static bool any_insn(const struct section *sec, insn_test_fn test, const void *ctx, bool unknown,
		     uint64_t *at)
{
	ZydisDecodedInstruction insn;
	ZydisDecoder decoder;
	size_t r = 0;

	if (!sec->data || ZYAN_FAILED(ZydisDecoderInit(&decoder, ZYDIS_MACHINE_MODE_LONG_64,
						       ZYDIS_STACK_WIDTH_64)))
		return unknown;
	for (*at = 0; *at < sec->size; *at += insn.length) {
		const struct rela *rela;

		if (!x86_decode(&decoder, sec->data + *at, sec->size - *at, &insn))
			return unknown;
		while (r < sec->nr_relas && sec->relas[r].offset < *at)
			r++;
		rela = r < sec->nr_relas && sec->relas[r].offset < *at + insn.length
			       ? &sec->relas[r]
			       : NULL;
		if (test(ctx, &insn, rela))
			return true;
	}
	return false;
}

struct leaving {
	bool (*inside)(const void *ctx, const struct rela *rela);
	const void *ctx;
};

static bool jump_leaves(const void *ctx, const ZydisDecodedInstruction *insn,
			const struct rela *rela)
{
	const struct leaving *leaving = ctx;

	switch (insn->meta.category) {
	case ZYDIS_CATEGORY_RET:
	case ZYDIS_CATEGORY_SYSRET:
		return true;
	case ZYDIS_CATEGORY_UNCOND_BR:
	case ZYDIS_CATEGORY_COND_BR:
		/* without a relocation it stays in the function, unless it is indirect */
		return rela ? !leaving->inside(leaving->ctx, rela)
			    : !(insn->attributes & ZYDIS_ATTRIB_IS_RELATIVE);
	default:
		return false;
	}
}

static bool can_leave(const struct section *sec,
		      bool (*inside)(const void *ctx, const struct rela *rela), const void *ctx)
{
	struct leaving leaving = { inside, ctx };
	uint64_t at;

	return any_insn(sec, jump_leaves, &leaving, true, &at);
}

#define JMP_INDIRECT 0xff /* opcode, with /4 for near and /5 for far jumps: Intel SDM, JMP */

struct jumping {
	const struct object *obj;
	const struct section *sec;
};

/* The first place of a table tells, since the compiler counts from it. */
static bool is_table_of_labels(const struct jumping *jumping, const struct rela *rela)
{
	const struct object *obj = jumping->obj;
	const struct section *table = &obj->sections[rela->target];
	const struct rela *place;

	for_each_rela (table, place) {
		if (rela->target && (int64_t)place->offset == rela->target_offset)
			return place->target &&
			       function_of(obj, place->target) ==
				       function_of(obj, section_index(obj, jumping->sec));
	}
	return false;
}

static bool is_jump_by_pointer(const void *ctx, const ZydisDecodedInstruction *insn,
			       const struct rela *rela)
{
	const struct jumping *jumping = ctx;

	if (insn->meta.category != ZYDIS_CATEGORY_UNCOND_BR)
		return false;
	if (insn->opcode == JMP_INDIRECT)
		return !rela || !is_table_of_labels(jumping, rela);
	return rela && thunk_register(jumping->obj->symbols[rela->symbol].name) >= 0;
}

static bool jumps_by_pointer(const struct object *obj, const struct section *sec, uint64_t *at)
{
	struct jumping jumping = { obj, sec };

	return any_insn(sec, is_jump_by_pointer, &jumping, false, at);
}

/*
 * The call is the first instruction, behind endbr64 where the kernel has IBT.
 * Where the compiler writes a NOP instead, __mcount_loc has an entry for it.
 */
static bool has_fentry(const struct object *obj, const struct section *sec)
{
	static const uint8_t endbr64[] = { 0xf3, 0x0f, 0x1e, 0xfa };
	uint64_t start = entry_offset(obj, sec);
	size_t i;

	if (sec->kind != KIND_TEXT)
		return false;
	if (sec->size - start >= sizeof(endbr64) &&
	    !memcmp(sec->data + start, endbr64, sizeof(endbr64)))
		start += sizeof(endbr64);
	if (sec->nr_relas && sec->relas[0].offset == start + 1 && sec->data[start] == 0xe8 &&
	    !strcmp(obj->symbols[sec->relas[0].symbol].name, "__fentry__"))
		return true;
	for (i = 0; i < sec->nr_entries; i++) {
		const struct section *entry = &obj->sections[sec->entries[i]];

		if (!strcmp(entry->table->name, "__mcount_loc") && entry->nr_relas &&
		    entry->relas[0].target_offset == (int64_t)start)
			return true;
	}
	return false;
}

static bool is_padding(const uint8_t *code, uint64_t size)
{
	ZydisDecodedInstruction insn;
	ZydisDecoder decoder;
	uint64_t at = 0;

	if (ZYAN_FAILED(
		    ZydisDecoderInit(&decoder, ZYDIS_MACHINE_MODE_LONG_64, ZYDIS_STACK_WIDTH_64)))
		return false;
	while (at < size) {
		if (!code[at]) {
			at++;
			continue;
		}
		if (ZYAN_FAILED(ZydisDecoderDecodeInstruction(&decoder, NULL, code + at, size - at,
							      &insn)) ||
		    (insn.mnemonic != ZYDIS_MNEMONIC_NOP && insn.mnemonic != ZYDIS_MNEMONIC_INT3))
			return false;
		at += insn.length;
	}
	return true;
}

static bool zero_extends(uint32_t type)
{
	return type == R_X86_64_32;
}

const struct arch arch_x86_64 = {
	.known_rela = known_rela,
	.rela_width = rela_width,
	.is_pcrel = is_pcrel,
	.zero_extends = zero_extends,
	.next_rewritten = x86_next_rewritten,
	.static_branch = x86_static_branch,
	.landing_length = x86_landing_length,
	.written_places = x86_written_places,
	.is_branch = is_branch,
	.decode_section = decode_section,
	.settle_replacements = settle_replacements,
	.has_fentry = has_fentry,
	.can_leave = can_leave,
	.jumps_by_pointer = jumps_by_pointer,
	.is_call = is_call,
	.is_padding = is_padding,
	.beside = x86_beside,
	.print_code = x86_print_code,
	.immediate_at = x86_immediate_at,
	.gets_argument = x86_gets_argument,
	.access_size = x86_access_size,
	.address_use = x86_address_use,
	.read_insn = x86_read_insn,
	.print_insn = x86_print_insn,
	.list_accesses = x86_list_accesses,
	.rela_pc32 = R_X86_64_PC32,
	.rela_abs64 = R_X86_64_64,
};
