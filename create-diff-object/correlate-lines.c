// SPDX-License-Identifier: GPL-2.0-only
/*
 * Variables that a macro has named after its line: "name##__LINE__"
 * (DECLARE_UVERBS_NAMED_OBJECT() of rdma/uverbs_named_ioctl.h, Linux 6.1). Only objects that come
 * without #line have other names for them.
 */
#include "correlate.h"
#include "debug-info.h"
#include "kinds.h"
#include "util.h"

#include <ctype.h>
#include <stdlib.h>

struct line_name {
	const char *name;
	size_t base; /* length of the name without the number */
	uint32_t symbol;
};

struct line_names {
	struct line_name *name;
	size_t nr, max;
};

/* The compiler's own numbers stand behind a dot, and __UNIQUE_ID() counts. */
static size_t counted_length(const char *name)
{
	size_t n = strstr(name, UNIQUE_ID) ? 0 : strlen(name);

	while (n && isdigit((unsigned char)name[n - 1]))
		n--;
	return name[n] && n && name[n - 1] != '.' ? n : 0;
}

static int by_base(const void *a, const void *b)
{
	const struct line_name *na = a, *nb = b;

	if (na->base != nb->base)
		return na->base < nb->base ? -1 : 1;
	return memcmp(na->name, nb->name, na->base);
}

static void find_line_names(const struct object *obj, struct line_names *names)
{
	const struct symbol *sym;
	size_t base;

	for_each_symbol (obj, sym) {
		base = sym->twin || sym->type != STT_OBJECT || sym->bind != STB_LOCAL
			       ? 0
			       : counted_length(sym->name);
		if (!base)
			continue;
		grow(names->name, names->nr, names->max);
		names->name[names->nr++] =
			(struct line_name){ sym->name, base, symbol_index(obj, sym) };
	}
	if (names->nr)
		qsort(names->name, names->nr, sizeof(*names->name), by_base);
}

/* Whether the number is the line that the variable is declared on. */
static bool has_own_line(struct diff *diff, const struct object *obj, const struct line_name *name)
{
	const struct symbol *sym = &obj->symbols[name->symbol];
	struct origin origin;
	bool own;

	if (!find_origin(diff, obj, &obj->sections[sym->section], 0, &origin))
		return false;
	own = origin.line && origin.line == strtoull(name->name + name->base, NULL, 10);
	free_origin(&origin);
	return own;
}

static void pair_line_name(struct diff *diff, const struct line_name *a, const struct line_name *b)
{
	const struct symbol *sa = &diff->orig.symbols[a->symbol];
	const struct symbol *sb = &diff->patched.symbols[b->symbol];

	if (sa->size == sb->size &&
	    diff->orig.sections[sa->section].kind == diff->patched.sections[sb->section].kind &&
	    has_own_line(diff, &diff->orig, a) && has_own_line(diff, &diff->patched, b))
		pair_symbols(diff, a->symbol, b->symbol);
}

/* How many names from @i on have the same base. */
static size_t run_length(const struct line_names *names, size_t i)
{
	size_t end = i;

	while (end < names->nr && !by_base(&names->name[i], &names->name[end]))
		end++;
	return end - i;
}

void pair_line_names(struct diff *diff)
{
	struct line_names orig = { 0 }, patched = { 0 };
	size_t i = 0, j = 0, run_i, run_j;
	int order;

	find_line_names(&diff->orig, &orig);
	find_line_names(&diff->patched, &patched);
	while (i < orig.nr && j < patched.nr) {
		order = by_base(&orig.name[i], &patched.name[j]);
		run_i = run_length(&orig, i);
		run_j = run_length(&patched, j);
		if (!order && run_i == 1 && run_j == 1)
			pair_line_name(diff, &orig.name[i], &patched.name[j]);
		if (order <= 0)
			i += run_i;
		if (order >= 0)
			j += run_j;
	}
	free(orig.name);
	free(patched.name);
}
