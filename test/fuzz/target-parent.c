// SPDX-License-Identifier: GPL-2.0-only
/* The parent's symbols and Module.symvers, with what is asked of them. */
#include "bundle.h"
#include "create-diff-object/exports.h"
#include "create-diff-object/parent.h"
#include "facts.h"
#include "program.h"

#include <stdlib.h>

const size_t target_members = 2;

struct input {
	char *paths[MAX_MEMBERS];
	const char *name;
};

static void look_up(const struct parent *parent, const char *name, bool local)
{
	const struct parent_symbol *sym;
	bool ambiguous;

	sym = parent_lookup(parent, name, local, &ambiguous);
	if (sym)
		parent_position(parent, sym);
}

static int read_both(void *arg)
{
	struct input *in = arg;
	struct symbol symbols[2] = {
		{ .name = "" }, { .name = "show", .type = STT_FUNC, .section = 1, .size = 1 }
	};
	struct section sections[2] = { { .name = "" }, { .name = ".text", .kind = KIND_TEXT } };
	struct object obj = {
		.label = "case.c",
		.symbols = symbols,
		.nr_symbols = 2,
		.sections = sections,
		.nr_sections = 2,
	};
	struct parent *parent = load_parent(in->paths[0], in->name, &obj, NULL);
	struct exports *exports = load_exports(in->paths[1], NULL);
	bool restricted;

	look_up(parent, "show", true);
	look_up(parent, "show", false);
	look_up(parent, "printk", false);
	exporter_of(exports, "printk", &restricted);
	free_parent(parent);
	free_exports(exports);
	return 0;
}

void target_run(const struct bundle *bundle)
{
	struct input in = { .name = bundle->flags & FLAG_MODULE ? "m" : "vmlinux" };

	bundle_paths(bundle, in.paths);
	program_run(read_both, &in);
}
