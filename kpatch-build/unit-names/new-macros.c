// SPDX-License-Identifier: GPL-2.0-only
/* Macros that the other state of a header may define where they were none. */
#include <stdlib.h>
#include <string.h>

#include "kpatch-build/unit-names/declared.h"
#include "kpatch-build/unit-names/new-macros.h"

struct definition {
	const char *name;
	size_t length;
	bool defines; /* or else undefines */
	bool parameters;
	bool conditional; /* a condition is in the same item */
};

static bool has_condition(const struct item *item)
{
	for (size_t i = 0; i < item->n; i++)
		if (item->tokens[i].kind == TOKEN_PRAGMA && directive_is(&item->tokens[i], "if"))
			return true;
	return false;
}

static void add_line(struct definitions *definitions, const struct token *token, bool conditional)
{
	const char *end = token->text + token->length;
	struct definition definition = { .conditional = conditional };

	definition.name = text_macro(token->text, end, &definition.length);
	if (definition.length == 0)
		return;
	definition.defines = directive_is(token, "define");
	definition.parameters = definition.name + definition.length < end &&
				definition.name[definition.length] == '(';
	if (definitions->n == definitions->room) {
		definitions->room = definitions->room ? 2 * definitions->room : 64;
		definitions->list = get_memory(definitions->list, definitions->room,
					       sizeof(*definitions->list));
	}
	definitions->list[definitions->n++] = definition;
}

void definitions_add(struct definitions *definitions, const struct item *item)
{
	bool conditional = has_condition(item);

	for (size_t i = 0; i < item->n; i++)
		if (item->tokens[i].kind == TOKEN_PRAGMA)
			add_line(definitions, &item->tokens[i], conditional);
}

static bool has_same(const struct definitions *definitions, const struct definition *wanted)
{
	for (size_t i = 0; i < definitions->n && !wanted->conditional; i++) {
		const struct definition *definition = &definitions->list[i];

		if (definition->defines == wanted->defines &&
		    definition->parameters == wanted->parameters && !definition->conditional &&
		    definition->length == wanted->length &&
		    memcmp(definition->name, wanted->name, wanted->length) == 0)
			return true;
	}
	return false;
}

/* Those of one list that the other does not have. */
static void tell_missing(const struct definitions *in, bool defines,
			 const struct definitions *others, text_name_fn fn, void *data)
{
	for (size_t i = 0; i < in->n; i++)
		if (in->list[i].defines == defines && !has_same(others, &in->list[i]))
			fn(data, in->list[i].name, in->list[i].length);
}

void new_macros(struct definitions *original, struct definitions *patched, text_name_fn fn,
		void *data)
{
	tell_missing(patched, true, original, fn, data);
	tell_missing(original, false, patched, fn, data);
	original->n = 0;
	patched->n = 0;
}

void definitions_free(struct definitions *definitions)
{
	free(definitions->list);
	memset(definitions, 0, sizeof(*definitions));
}
