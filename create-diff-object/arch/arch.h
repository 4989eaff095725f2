/* SPDX-License-Identifier: GPL-2.0-only */
/* What the passes ask about the machine's code and relocations. */
#ifndef ARCH_H
#define ARCH_H

#include "create-diff-object/object.h"

/* What decode_section() asks about branches. */
struct branch_rules {
	/* Whether a branch between two offsets of the section leaves its function. */
	bool (*leaves)(const void *ctx, uint64_t from, uint64_t to);
	/* The last symbol of the section that is not behind the offset, or 0; its value. */
	uint32_t (*label_before)(const void *ctx, uint64_t offset, uint64_t *value);
	const void *ctx;
};

/* An immediate operand; offsets are in the section. */
struct immediate {
	uint64_t instruction;
	uint64_t start, end; /* of the operand */
	uint64_t value;
};

/* What beside() is about: rebuilt code, shipped code, and what shall be known of them. */
struct beside {
	const struct object *obj;
	const struct section *sec;
	uint64_t start, end; /* the code in @sec */
	const uint8_t *code; /* the shipped code */
	uint64_t size, address;
	/*
	 * By offset from @start: offset + 1 of the shipped instruction that is the twin of
	 * the one that begins there, else 0. With one more for the end.
	 */
	uint32_t *twins;
	/* The place that a field of the shipped code refers to; false where that is unknown. */
	bool (*field)(void *ctx, const struct rela *rela, uint64_t offset, size_t width, bool pcrel,
		      uint64_t end, uint64_t *place);
	/* @rela of the rebuilt code, and what the same field of the shipped code refers to. */
	bool (*refers)(void *ctx, const struct rela *rela, uint64_t place);
	/* A reference to @to of the rebuilt section without a relocation, and the shipped one. */
	void (*leads)(void *ctx, uint64_t from, uint64_t to, uint64_t place);
	void *ctx;
	uint64_t at, shipped_at; /* the instructions that differ */
	const char *why; /* static text, "" where they tell it; NULL: @refers has said why */
	bool open; /* with a text: it cannot be told whether they are the same */
};

/* One instruction, as far as a report is concerned. */
struct insn {
	uint64_t length;
	uint32_t operation; /* equal for equal operations, whatever the operands */
	const struct rela *rela; /* the first of its relocations, or NULL */
	bool branch; /* a call or a jump to a place that it names */
	bool call;
	bool jump; /* what stands behind it may not be next: a jump or a return */
	bool ends; /* what stands behind it is not next: a jump without a condition, a return */
	uint64_t to; /* of a branch without a relocation: where in the section it leads */
	/*
	 * Equal where operation and numbers are, in whatever registers and places of the
	 * frame; relocated fields and jumps inside of the section count as equal.
	 */
	uint64_t shape;
	bool noise; /* copies between registers and the frame, or makes the frame */
};

/* What code does at a place that has an address. */
enum address_use {
	ADDRESS_ACCESSED, /* reads, writes, calls or jumps to what is there */
	ADDRESS_TAKEN, /* has it in a register or in its frame, or it is not known */
	ADDRESS_STORED, /* writes it to memory, or compares it with what is there */
};

/* A part of alternative code that the kernel may write in another way where it puts it. */
struct rewritten {
	uint64_t start, length;
	bool jump; /* which may become short; else NOPs */
};

/* What stands at a static branch: either of two forms. */
struct static_branch {
	size_t length;
	uint8_t nop[5], jump[5];
};

/* Places that tables list, where the kernel writes. */
struct written_place {
	const char *table; /* with .listed, its name may go on */
	uint8_t length; /* bytes that it writes */
	uint8_t kind; /* enum kpatch_shipped_kind */
	bool listed; /* only the shipped kernel has the table */
};

struct arch {
	/* Whether the relocation type is known, and its name for messages. */
	bool (*known_rela)(uint32_t type);
	/* Bytes of the field that it relocates. */
	size_t (*rela_width)(uint32_t type);
	/* Whether it counts from the place of the relocated field. */
	bool (*is_pcrel)(uint32_t type);
	/* Whether it relocates the target of a call or a jump. */
	bool (*is_branch)(const struct section *sec, const struct rela *rela);
	/*
	 * decode_section - read the instructions of code before it is split
	 *
	 * Sets the bias of each pc-relative relocation and, where there are @rules, adds
	 * relocations for branches that the assembler resolved although they leave the
	 * function. Returns false when an instruction is unknown, with the place in *@where.
	 */
	bool (*decode_section)(struct section *sec, const struct branch_rules *rules,
			       uint64_t *where);
	/*
	 * Point the empty replacements of .altinstructions, whose entries have @size bytes,
	 * to what they replace. Called before references are resolved.
	 */
	void (*settle_replacements)(struct section *sec, size_t size);
	/* Whether the function starts with the tracer's call, which ftrace needs. */
	bool (*has_fentry)(const struct object *obj, const struct section *sec);
	/*
	 * Whether control can leave the code to its caller or to another function by a
	 * jump: it has a return, a jump out of the section, or something not understood.
	 * Jumps that @inside(@ctx, rela) allows do not count.
	 */
	bool (*can_leave)(const struct section *sec,
			  bool (*inside)(const void *ctx, const struct rela *rela),
			  const void *ctx);
	/*
	 * Whether the code ends somewhere in a jump to where a register or a place in memory leads,
	 * itself or by way of a thunk; @at is set to it. A table of labels in the function does not
	 * count. False, too, behind something not understood.
	 */
	bool (*jumps_by_pointer)(const struct object *obj, const struct section *sec, uint64_t *at);
	/*
	 * beside - compare shipped code with the rebuilt code of the same function
	 *
	 * True when both are the same instructions from the first to the last; the caller
	 * checks afterwards that what @leads was told leads to twins. Otherwise @at,
	 * @shipped_at and @why are set.
	 */
	bool (*beside)(struct beside *beside);
	/*
	 * print_code - an instruction of shipped code as text; jumps to places inside of the code
	 * have the offset in it, @name gives names to other addresses
	 */
	bool (*print_code)(const uint8_t *code, uint64_t size, uint64_t at, uint64_t address,
			   char *(*name)(const void *ctx, uint64_t field, uint64_t to),
			   const void *ctx, char *text, size_t text_size);
	/* Whether code does nothing: what stands between functions. */
	bool (*is_padding)(const uint8_t *code, uint64_t size);
	/* immediate_at - the immediate operand that has the byte at @offset, if one has it */
	bool (*immediate_at)(const struct section *sec, uint64_t offset, struct immediate *imm);
	/*
	 * gets_argument - the relocation of the next call, when the immediate is its argument
	 * number @nr (from 0), and nothing between them branches; else NULL
	 */
	const struct rela *(*gets_argument)(const struct section *sec, const struct immediate *imm,
					    unsigned int nr);
	/*
	 * Where it relocates the place that an instruction reads or writes, no register added: how
	 * many bytes; else 0.
	 */
	size_t (*access_size)(const struct section *sec, const struct rela *rela);
	/* What the instruction does with the address that it relocates. */
	enum address_use (*address_use)(const struct section *sec, const struct rela *rela);
	/* Whether it relocates the target of a call. */
	bool (*is_call)(const struct section *sec, const struct rela *rela);
	/* read_insn - the instruction at @at; false where there is none that is known. */
	bool (*read_insn)(const struct section *sec, uint64_t at, struct insn *insn);
	/*
	 * print_insn - the same as text, with names for what its relocations refer to; jumps
	 * inside of the function have the offset in it. False where there is none.
	 */
	bool (*print_insn)(const struct object *obj, const struct section *sec, uint64_t at,
			   char *text, size_t size);
	/*
	 * list_accesses - what code reads and writes but for its stack frame: a number for
	 * each operand, the same for the same distance from whatever register, width and
	 * name, and for each number that addresses are computed with; sorted and allocated,
	 * the caller frees
	 *
	 * Returns false where the address of something in the frame is taken, or an
	 * instruction is not known.
	 */
	bool (*list_accesses)(const struct object *obj, const struct section *sec,
			      uint64_t **accesses, size_t *nr);
	/* Relocation that stores a distance of 32 bits. */
	uint32_t rela_pc32;
	/* Relocation that stores an address of 64 bits. */
	uint32_t rela_abs64;
	/* Whether the field is an address of fewer bits, whose others are 0. */
	bool (*zero_extends)(uint32_t type);
	/*
	 * next_rewritten - the next part of alternative code from *@at on that the kernel may
	 * write in another way; *@at, 0 at first, is where to go on. False at the end.
	 */
	bool (*next_rewritten)(const uint8_t *code, uint64_t size, uint64_t *at,
			       struct rewritten *part);
	/* static_branch - both forms of the one that is @there, at the address @at, and leads @to */
	void (*static_branch)(const uint8_t *there, uint64_t at, uint64_t to,
			      struct static_branch *branch);
	/* Bytes of the mark that indirect branches may lead to, where code begins with it, or 0. */
	uint64_t (*landing_length)(const uint8_t *code, uint64_t size);
	/* Up to one without a table. */
	const struct written_place *written_places;
};

extern const struct arch arch_x86_64;

#endif /* ARCH_H */
