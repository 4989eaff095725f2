// SPDX-License-Identifier: GPL-2.0-only
/*
 * Compare every function of objects with the shipped code: prove-all [--mutate N SEED] PARENT
 * PARENT-NAME OBJECT... Prints a line a function, with tabs between the fields:
 *
 *	proven|differs|open|missing OBJECT FUNCTION REASON
 *
 * With --mutate, N changes of one bit each are made to what belongs to each proven function in a
 * copy of the parent: its code, its table entries, replacements and strings, and in a module the
 * relocations. Each has to be found, otherwise there is a line
 *
 *	survived OBJECT FUNCTION WHAT
 *
 * and at the end "killed", how many were found and how many were made. The sizes of table entries
 * are taken from the environment, as by create-diff-object.
 */
#include "create-diff-object/arch/arch.h"
#include "create-diff-object/proof.h"
#include "create-diff-object/prove-object.h"
#include "create-diff-object/prove.h"
#include "create-diff-object/util.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* A piece of the parent that belongs to a function. */
struct piece {
	const char *what;
	uint64_t address, size;
	uint32_t entry; /* of a table: its section; else 0 */
};

struct mutation {
	const struct piece *piece;
	uint8_t *byte, bit; /* NULL: a relocation */
	Elf64_Rela *rela;
	uint64_t place;
};

struct pieces {
	struct piece *piece;
	size_t nr, max;
};

static unsigned long killed, tried;

static void print_function(const struct proof *proof, uint32_t index, const char *path)
{
	static const char *const states[] = {
		[PROOF_UNTRIED] = "open", [PROOF_PROVEN] = "proven", [PROOF_DIFFERS] = "differs",
		[PROOF_OPEN] = "open",	  [PROOF_SEVERAL] = "open",  [PROOF_MISSING] = "missing",
	};
	const struct failure *failure = &proof->failures[index];
	bool told = proof->states[index] != PROOF_PROVEN && failure->text;

	printf("%s\t%s\t%s\t%s\n", states[proof->states[index]], path,
	       section_label(proof->orig, &proof->orig->sections[index]),
	       told ? failure->text : "");
}

static void add_piece(struct pieces *pieces, const char *what, uint64_t address, uint64_t size,
		      uint32_t entry)
{
	if (!size)
		return;
	grow(pieces->piece, pieces->nr, pieces->max);
	pieces->piece[pieces->nr++] = (struct piece){ what, address, size, entry };
}

static void add_code(const struct proof *proof, uint32_t index, struct pieces *pieces)
{
	const struct section *sec = &proof->orig->sections[index];
	const struct proven_code *code = proof->codes[index];
	const struct rela *rela;
	size_t i;

	if (!code)
		return;
	add_piece(pieces, "code", code->address, code->size, 0);
	/* as likely as one of the others */
	add_piece(pieces, "code", code->address, code->size, 0);
	for_each_rela (sec, rela) {
		const struct section *target = &proof->orig->sections[rela->target];

		if (rela->target && target->kind == KIND_STRINGS)
			add_piece(pieces, "string",
				  code->places[rela - sec->relas] - (uint64_t)rela->target_offset,
				  target->size, 0);
	}
	for (i = 0; i < sec->nr_entries; i++) {
		const struct section *entry = &proof->orig->sections[sec->entries[i]];

		if (!proof->sections[sec->entries[i]].known)
			continue;
		add_piece(pieces, entry->name, proof->sections[sec->entries[i]].address,
			  entry->size, sec->entries[i]);
		if (entry->nr_relas > 1 &&
		    proof->orig->sections[entry->relas[1].target].kind == KIND_SNIPPET)
			add_code(proof, entry->relas[1].target, pieces);
	}
}

/* All is unknown again, and the tables are read anew. */
static void reset(struct proof *proof, bool tables)
{
	uint32_t i;

	undo_to(proof, 0);
	proof->file = 0;
	for (i = 0; i < proof->orig->nr_sections; i++) {
		proof->states[i] = PROOF_UNTRIED;
		forget_code(proof, i);
	}
	if (tables && proof->tables) {
		free_tables(proof);
		proof->tables = NULL;
		proof->nr_tables = 0;
	}
}

/* The offset of the replacement means nothing where that is empty. */
static bool is_unused(const struct proof *proof, const struct piece *piece, uint64_t at)
{
	const struct section *entry = &proof->orig->sections[piece->entry];

	return !strcmp(piece->what, ".altinstructions") && at >= 4 && at < 8 &&
	       !entry->data[entry->size - 1];
}

static bool choose(const struct proof *proof, const struct piece *piece, struct mutation *mutation)
{
	uint64_t at = (uint64_t)rand() % piece->size, back;

	*mutation = (struct mutation){ .piece = piece, .place = piece->address + at };
	if (piece->entry && is_unused(proof, piece, at))
		return false;
	for (back = 0; !shipped_is_vmlinux(proof->shipped) && back < 8; back++) {
		const Elf64_Rela *rela = shipped_rela(proof->shipped, mutation->place - back);

		if (rela && back < arch_x86_64.rela_width((uint32_t)ELF64_R_TYPE(rela->r_info))) {
			mutation->rela = (Elf64_Rela *)rela;
			return true;
		}
	}
	mutation->byte = (uint8_t *)shipped_bytes(proof->shipped, mutation->place, 1);
	mutation->bit = (uint8_t)(1 << rand() % 8);
	return mutation->byte;
}

static void mutate(const struct mutation *mutation, int way)
{
	if (mutation->rela)
		mutation->rela->r_addend += way;
	else
		*mutation->byte ^= mutation->bit;
}

static void try_mutations(struct proof *proof, uint32_t index, const char *path, unsigned int n)
{
	uint64_t address = proof->sections[index].address;
	struct pieces pieces = { 0 };
	struct mutation mutation;

	add_code(proof, index, &pieces);
	if (proof->orig->sections[index].cold)
		add_code(proof, proof->orig->sections[index].cold, &pieces);
	while (n--) {
		if (!choose(proof, &pieces.piece[(size_t)rand() % pieces.nr], &mutation))
			continue;
		mutate(&mutation, 1);
		reset(proof, mutation.piece->entry);
		tried++;
		if (!prove_function(proof, index, address))
			killed++;
		else
			printf("survived\t%s\t%s\t%s+0x%" PRIx64 " %s\n", path,
			       section_label(proof->orig, &proof->orig->sections[index]),
			       mutation.piece->what, mutation.place - mutation.piece->address,
			       mutation.rela ? "relocation" : "bit");
		free(proof->failure.text);
		proof->failure = (struct failure){ 0 };
		mutate(&mutation, -1);
		reset(proof, mutation.piece->entry);
		if (!prove_function(proof, index, address))
			fatal("prove-all", "%s: not proven any more", path);
	}
	free(pieces.piece);
}

/* The file is mapped, and stays as it is. */
static void copy_sections(struct proof *proof)
{
	const struct shipped_section *section = NULL;
	uint8_t *copy;

	while ((section = shipped_next_section(proof->shipped, section))) {
		if (!section->data)
			continue;
		copy = xcalloc(section->size, 1);
		memcpy(copy, section->data, section->size);
		((struct shipped_section *)section)->data = copy;
	}
}

static void free_copies(struct proof *proof)
{
	const struct shipped_section *section = NULL;

	while ((section = shipped_next_section(proof->shipped, section)))
		free((void *)section->data);
}

static void mutate_all(struct proof *proof, const char *path, unsigned int n)
{
	size_t nr = proof->orig->nr_sections, i;
	bool *proven = xcalloc(nr, sizeof(*proven));
	uint64_t *addresses = xcalloc(nr, sizeof(*addresses));

	for (i = 1; i < nr; i++) {
		proven[i] = is_provable(proof->orig, &proof->orig->sections[i]) &&
			    proof->states[i] == PROOF_PROVEN;
		addresses[i] = proof->sections[i].address;
	}
	copy_sections(proof);
	for (i = 1; i < nr; i++) {
		if (!proven[i])
			continue;
		reset(proof, false);
		if (prove_function(proof, (uint32_t)i, addresses[i]))
			try_mutations(proof, (uint32_t)i, path, n);
		free(proof->failure.text);
		proof->failure = (struct failure){ 0 };
	}
	free_copies(proof);
	free(addresses);
	free(proven);
}

static void try_object(const char *path, const char *parent, const char *name, unsigned int n)
{
	struct lone_object object;
	const struct object *orig = &object.diff.orig;
	uint32_t i;

	prove_object(&object, path, parent, name);
	for (i = 1; i < orig->nr_sections; i++) {
		if (is_provable(orig, &orig->sections[i]))
			print_function(object.diff.proof, i, path);
	}
	if (n)
		mutate_all(object.diff.proof, path, n);
	free_lone_object(&object);
}

int main(int argc, char **argv)
{
	unsigned int n = 0;
	int i;

	if (argc > 3 && !strcmp(argv[1], "--mutate")) {
		n = (unsigned int)atoi(argv[2]);
		srand((unsigned int)atoi(argv[3]));
		argv += 3;
		argc -= 3;
	}
	if (argc < 4)
		fatal("usage", "use: prove-all [--mutate N SEED] PARENT PARENT-NAME OBJECT...");
	for (i = 3; i < argc; i++) {
		try_object(argv[i], argv[1], argv[2], n);
		fflush(stdout);
	}
	if (n)
		printf("killed\t%lu\t%lu\t\n", killed, tried);
	return 0;
}
