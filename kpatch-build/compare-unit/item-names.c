// SPDX-License-Identifier: GPL-2.0-only
/* Which items of a text declare a name. */
#include <stdlib.h>
#include <string.h>

#include "kpatch-build/compare-unit/item-names.h"
#include "kpatch-build/compare-unit/words.h"

static void declare(struct item_names *names, const struct token *name, size_t item, bool inner)
{
	size_t slot = name->hash & names->mask;

	if (names->n == names->room) {
		names->room *= 2;
		names->list = get_memory(names->list, names->room, sizeof(*names->list));
	}
	names->list[names->n].name = name;
	names->list[names->n].item = item;
	names->list[names->n].inner = inner;
	names->list[names->n].next = names->heads[slot];
	names->heads[slot] = names->n++;
}

/* Tags and enumerators inside of a declaration are known in the whole file. */
static void declare_inner(struct item_names *names, const struct item *item, size_t index)
{
	const struct token *token = item->tokens, *end = token + item->n;
	size_t depth = 0, enum_depth = 0;

	for (; token + 1 < end; token++) {
		bool tag = token_is(token, "struct") || token_is(token, "union");
		bool enumeration = token_is(token, "enum");
		int step = bracket(token);

		if ((tag || enumeration) && token[1].kind == TOKEN_NAME)
			if (token + 2 < end &&
			    (is_mark(&token[2], '{') || is_one_of(&token[1], with_parentheses)))
				declare(names, &token[1], index, true);
		/* Only enumerators follow a brace or a comma inside of an enum's braces. */
		if (enumeration)
			enum_depth = depth + 1;
		if ((is_mark(token, '{') || is_mark(token, ',')) && enum_depth &&
		    token[1].kind == TOKEN_NAME)
			declare(names, &token[1], index, true);
		if (step > 0)
			depth++;
		else if (step < 0 && depth > 0 && --depth < enum_depth && is_mark(token, '}'))
			enum_depth = 0;
	}
}

/* What is too odd to tell the name that it declares can declare any that is in it. */
static void declare_any(struct item_names *names, const struct item *item, size_t index)
{
	size_t depth = 0;

	for (size_t i = 0; i < item->n; i++) {
		const struct token *token = &item->tokens[i];

		if (is_mark(token, '{'))
			depth++;
		else if (is_mark(token, '}') && depth > 0)
			depth--;
		else if (depth == 0 && token->kind == TOKEN_NAME)
			declare(names, token, index, false);
	}
}

struct item_names item_names_of(const struct items *items, bool of_others)
{
	struct item_names names = { .mask = (1 << 16) - 1, .room = 1 << 16, .n = 1 };

	names.heads = get_memory(NULL, names.mask + 1, sizeof(*names.heads));
	memset(names.heads, 0, (names.mask + 1) * sizeof(*names.heads));
	names.list = get_memory(NULL, names.room, sizeof(*names.list));
	for (size_t i = 0; i < items->n; i++) {
		const struct item *item = &items->list[i];

		if (of_others ? item->function && item->internal : item->root)
			continue;
		if (item->name)
			declare(&names, item->name, i, false);
		if (of_others && !item->plain && !item->function && !item->directive)
			declare_any(&names, item, i);
		if (!item->function && !item->directive)
			declare_inner(&names, item, i);
	}
	return names;
}

size_t item_names_find(const struct item_names *names, const struct token *name, size_t after)
{
	size_t i = after ? names->list[after].next : names->heads[name->hash & names->mask];

	while (i && (names->list[i].name->length != name->length ||
		     memcmp(names->list[i].name->text, name->text, name->length) != 0))
		i = names->list[i].next;
	return i;
}

void item_names_free(struct item_names *names)
{
	free(names->heads);
	free(names->list);
}
