// SPDX-License-Identifier: GPL-2.0-only
/* What a declaration or directive of a header declares, as it stands there. */
#include <ctype.h>
#include <string.h>

#include "kpatch-build/compare-unit/words.h"
#include "kpatch-build/unit-names/declared.h"

static bool is_name(const struct token *token)
{
	return token->kind == TOKEN_NAME;
}

static bool is_aggregate(const struct token *token)
{
	return token_is(token, "struct") || token_is(token, "union") || token_is(token, "enum");
}

bool directive_is(const struct token *token, const char *word)
{
	const char *p = token->text + 1, *end = token->text + token->length;

	for (; p < end && (*p == ' ' || *p == '\t'); p++)
		;
	return (size_t)(end - p) >= strlen(word) && memcmp(p, word, strlen(word)) == 0;
}

/* #define and #undef. What others stand for is not known. */
static bool directive_names(const struct token *token, text_name_fn fn, void *data)
{
	size_t length;
	const char *name = text_macro(token->text, token->text + token->length, &length);

	if (length > 0)
		fn(data, name, length);
	return length > 0;
}

/*
 * By these, a declaration can stand for more than its name. In the braces of a function, they are
 * its own; what a structure's members come from may declare more, and a pragma is of all behind it.
 */
static bool is_telling(const struct token *token, bool in_braces)
{
	static const char *const macros[] = { "__used",	 "__retain",	"__weak",
					      "__alias", "__bpf_kfunc", "asm",
					      "__asm__", "__asm",	NULL };

	if (!in_braces && (is_one_of(token, keeping) || is_one_of(token, macros)))
		return true;
	return token_is(token, "_Pragma") ||
	       memmem(token->text, token->length, "struct_group", strlen("struct_group"));
}

#define DEPTH_MAX 64

/*
 * Whether brackets close, and each branch of a condition leaves as many open as it found: only then
 * the item is one whatever the conditions are.
 */
static bool is_whole(const struct item *item)
{
	size_t depth = 0, before[DEPTH_MAX], n = 0;
	bool in_braces = false;

	for (size_t i = 0; i < item->n; i++) {
		const struct token *token = &item->tokens[i];
		int step = bracket(token);

		if (step < 0 && depth-- == 0)
			return false;
		in_braces = depth > 0 && (in_braces || is_mark(token, '{'));
		in_braces |= depth == 0 && is_mark(token, '{');
		if (step > 0)
			depth++;
		if (is_name(token) && is_telling(token, in_braces))
			return false;
		if (token->kind != TOKEN_PRAGMA)
			continue;
		if (directive_is(token, "if")) {
			if (n == DEPTH_MAX)
				return false;
			before[n++] = depth;
		} else if (directive_is(token, "el") || directive_is(token, "endif")) {
			if (n == 0 || before[n - 1] != depth)
				return false;
			n -= directive_is(token, "endif");
		} else if (!directive_is(token, "define") && !directive_is(token, "undef") &&
			   !directive_is(token, "line")) {
			return false;
		}
	}
	return depth == 0 && n == 0;
}

static bool is_qualifier(const struct token *token)
{
	static const char *const macros[] = { "noinline", "notrace", NULL };

	return is_one_of(token, qualifiers) || is_one_of(token, macros);
}

/* All letters are capitals: by custom a macro, of which nobody knows what it makes. */
static bool is_shouted(const struct token *token)
{
	for (size_t i = 0; i < token->length; i++)
		if (islower((unsigned char)token->text[i]))
			return false;
	return true;
}

static bool is_reserved(const struct token *token)
{
	return token->length > 2 && memcmp(token->text, "__", 2) == 0;
}

/* A word of a type, and not an attribute. */
static bool is_type(const struct token *token)
{
	bool attribute = is_reserved(token) && !strchr("usbl", token->text[2]);

	return is_name(token) && !is_qualifier(token) && !attribute && !is_shouted(token);
}

/* What an item is outside of all brackets. */
struct outline {
	size_t braces, commas; /* pairs, marks */
	bool assigned, is_static, is_typedef;
	size_t first_call; /* a name with a parenthesis behind it; the item's length if none */
	bool typed; /* a type stands before that */
};

static struct outline outline_of(const struct item *item)
{
	struct outline outline = { .first_call = item->n };
	size_t depth = 0;

	for (size_t i = 0; i < item->n; i++) {
		const struct token *token = &item->tokens[i];
		bool called = is_name(token) && i + 1 < item->n && is_mark(token + 1, '(');
		int step = bracket(token);

		if (depth == 0) {
			outline.braces += is_mark(token, '{');
			outline.commas += is_mark(token, ',');
			outline.assigned |= is_mark(token, '=');
			outline.is_static |= token_is(token, "static");
			outline.is_typedef |= token_is(token, "typedef");
			/* before the type an attribute: __printf(1, 2) */
			if (called && outline.first_call == item->n &&
			    (outline.typed || !is_reserved(token)))
				outline.first_call = i;
			if (outline.first_call == item->n)
				outline.typed |= is_type(token);
		}
		depth += step;
	}
	return outline;
}

/* Names with a parenthesis behind them, outside of all brackets: the function is among them, unless
 * it has parentheses of its own: type (function)(int). */
static bool function_names(const struct item *item, const struct outline *outline, text_name_fn fn,
			   void *data)
{
	size_t depth = 0;

	if (!outline->typed || outline->first_call == item->n)
		return false;
	for (size_t i = 0; i < item->n; i++) {
		const struct token *token = &item->tokens[i];

		if (depth == 0 && is_name(token) && i + 1 < item->n && is_mark(token + 1, '(')) {
			if (is_shouted(token))
				return false;
			fn(data, token->text, token->length);
		}
		if (depth == 0 && is_mark(token, '(') && i > 0 && is_mark(token - 1, ')'))
			return false;
		depth += bracket(token);
	}
	return true;
}

/* Enumerators follow a brace or a comma inside of an enum's braces. */
static bool enumerator_names(const struct token *token, const struct token *end, text_name_fn fn,
			     void *data)
{
	size_t depth = 1;
	bool next = true;

	for (token++; token < end && depth > 0; token++) {
		if (depth == 1 && next && is_name(token)) {
			if (token + 1 < end && is_mark(token + 1, '('))
				return false;
			fn(data, token->text, token->length);
		}
		if (token->kind != TOKEN_PRAGMA)
			next = depth == 1 && is_mark(token, ',');
		depth += bracket(token);
	}
	return true;
}

/* enum NAME : TYPE { ... }, struct ATTRIBUTE(...) NAME { ... }: @open is behind the names. */
static bool may_be_open(const struct token *token, const struct token *open)
{
	if (is_mark(open, ':'))
		return token_is(token, "enum") && open - token <= 2;
	return is_mark(open, '(') && open - token > 1 && is_reserved(open - 1);
}

/* Tags, wherever they stand, and enumerators. */
static bool inner_names(const struct item *item, text_name_fn fn, void *data)
{
	const struct token *token = item->tokens, *end = token + item->n;

	for (; token + 1 < end; token++) {
		const struct token *open;

		if (!is_aggregate(token))
			continue;
		for (open = token + 1; open < end && is_name(open); open++)
			;
		if (open < end && may_be_open(token, open))
			return false;
		if (open == end || !is_mark(open, '{'))
			continue;
		for (const struct token *name = token + 1; name < open; name++)
			fn(data, name->text, name->length);
		if (token_is(token, "enum") && !enumerator_names(open, end, fn, data))
			return false;
	}
	return true;
}

/* struct tag { ... } attribute; struct tag; enum { A, B }; — and no variable of that type. */
static bool aggregate_names(const struct item *item, text_name_fn fn, void *data)
{
	const struct token *token = item->tokens, *end = token + item->n - 1;
	size_t depth = 0;

	if (is_mark(token + 1, '{') && !token_is(token, "enum"))
		return false;
	if (is_name(token + 1))
		fn(data, token[1].text, token[1].length);
	for (token++; token < end; token++) {
		depth += bracket(token);
		if (depth > 0 || !is_mark(token, '}'))
			continue;
		for (token++; token < end; token++) {
			if (depth == 0 && is_name(token) && !is_reserved(token))
				return false;
			depth += bracket(token);
		}
	}
	return inner_names(item, fn, data);
}

/*
 * Of a typedef or a variable: more than what it declares. What a structure has in its braces stays
 * there, but for tags and enumerators.
 */
static bool all_names(const struct item *item, text_name_fn fn, void *data)
{
	static const char *const others[] = { "typedef", "bool", NULL };
	size_t braces = 0;

	for (size_t i = 0; i < item->n; i++) {
		const struct token *token = &item->tokens[i];
		bool plain = !is_name(token) || is_qualifier(token) ||
			     is_one_of(token, type_words) || is_one_of(token, others);

		if (!plain && braces == 0)
			fn(data, token->text, token->length);
		braces += is_mark(token, '{');
		braces -= is_mark(token, '}');
	}
	return inner_names(item, fn, data);
}

static bool macro_names(const struct item *item, text_name_fn fn, void *data)
{
	for (size_t i = 0; i < item->n; i++)
		if (item->tokens[i].kind == TOKEN_PRAGMA)
			directive_names(&item->tokens[i], fn, data);
	return true;
}

static bool kind_names(const struct item *item, text_name_fn fn, void *data)
{
	const struct outline outline = outline_of(item);
	const struct token *last = &item->tokens[item->n - 1];

	if (outline.assigned || outline.commas > 0 || outline.braces > 1)
		return false;
	if (outline.is_typedef && is_mark(last, ';'))
		return all_names(item, fn, data);
	if (is_mark(last, '}'))
		return outline.is_static && outline.braces == 1 &&
		       function_names(item, &outline, fn, data);
	if (!is_mark(last, ';'))
		return false;
	if (is_aggregate(item->tokens) && item->n > 2 &&
	    (outline.braces == 1 || (item->n == 3 && is_name(&item->tokens[1]))))
		return aggregate_names(item, fn, data);
	if (outline.braces > 0)
		return false;
	if (token_is(item->tokens, "extern") && outline.typed && outline.first_call == item->n)
		return all_names(item, fn, data);
	return function_names(item, &outline, fn, data);
}

bool declared_names(const struct item *item, text_name_fn fn, void *data)
{
	if (item->tokens->kind == TOKEN_PRAGMA)
		return directive_names(item->tokens, fn, data);
	return is_name(item->tokens) && is_whole(item) && kind_names(item, fn, data) &&
	       macro_names(item, fn, data);
}
