// SPDX-License-Identifier: GPL-2.0-only
/* Prototypes without what does not count. */
#include <string.h>

#include "kpatch-build/compare-unit/parameters.h"
#include "kpatch-build/compare-unit/words.h"

/* Behind brackets that open here. */
static const struct token *skip_brackets(const struct token *token, const struct token *end)
{
	size_t depth = 0;

	for (; token < end; token++) {
		int step = bracket(token);

		if (step > 0)
			depth++;
		else if (step < 0 && --depth == 0)
			return token + 1;
	}
	return end;
}

static bool is_plain_name(const struct token *token)
{
	return token->kind == TOKEN_NAME && !is_one_of(token, type_words) &&
	       !is_one_of(token, qualifiers) && !is_one_of(token, with_parentheses);
}

static bool is_tag_word(const struct token *token)
{
	return token_is(token, "struct") || token_is(token, "union") || token_is(token, "enum");
}

/* Is this what a parameter is called: something behind a type, at the end of the parameter, or
 * before the length of an array. */
static bool is_parameter(const struct token *token, const struct token *end, bool typed)
{
	return is_plain_name(token) && typed && token + 1 < end &&
	       (is_mark(&token[1], ',') || is_mark(&token[1], ')') || is_mark(&token[1], '['));
}

static bool gives_type(const struct token *token)
{
	if (is_one_of(token, with_parentheses))
		return memmem(token->text, token->length, "typeof", 6);
	return !is_tag_word(token) && !is_one_of(token, qualifiers);
}

/* Copies the list, whose bracket opens here, without names at its own level. Attributes, lengths of
 * arrays and parameters that are functions stay as they are. */
static const struct token *copy_parameters(struct token *to, size_t *n, const struct token *token,
					   const struct token *end)
{
	const struct token *last = skip_brackets(token, end);
	bool typed = false;

	to[(*n)++] = *token++;
	while (token < last) {
		const struct token *next = token + 1;

		if (is_mark(token, ','))
			typed = false;
		if (is_parameter(token, last, typed)) {
			token++;
			continue;
		}
		if (bracket(token) > 0)
			next = skip_brackets(token, last);
		else if (token->kind == TOKEN_NAME)
			typed |= gives_type(token);
		for (; token < next; token++)
			to[(*n)++] = *token;
	}
	return last;
}

size_t plain_prototype(struct token *to, const struct item *item)
{
	const struct token *end = item->function ? item->body : item->tokens + item->n;
	size_t n = 0;

	for (const struct token *token = item->tokens; token < end;) {
		if (item->name && token == item->name + 1 && is_mark(token, '('))
			token = copy_parameters(to, &n, token, end);
		else if (token_is(token, "extern"))
			token++;
		else
			to[n++] = *token++;
	}
	return n;
}
