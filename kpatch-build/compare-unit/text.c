// SPDX-License-Identifier: GPL-2.0-only
/* A preprocessed text as tokens. */
#include <ctype.h>
#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "kpatch-build/compare-unit/text.h"

void *get_memory(void *old, size_t n, size_t size)
{
	void *memory = reallocarray(old, n ? n : 1, size);

	if (!memory)
		err(1, "memory");
	return memory;
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '$' || (c & 0x80);
}

static const char *line_end(const char *p, const char *end)
{
	const char *newline = memchr(p, '\n', end - p);

	return newline ? newline : end;
}

/* # 12 "include/linux/x.h" 1 */
static bool is_marker(const char *p, const char *end)
{
	return end - p > 2 && p[0] == '#' && p[1] == ' ' && isdigit((unsigned char)p[2]);
}

void text_files(const struct text *text, text_name_fn fn, void *data)
{
	const char *end = text->bytes + text->size, *next;

	for (const char *p = text->bytes; p < end; p = next + 1) {
		const char *open, *close;

		next = line_end(p, end);
		if (!is_marker(p, next))
			continue;
		open = memchr(p, '"', next - p);
		close = open ? memrchr(open, '"', next - open) : NULL;
		/* 1: the file is entered here */
		if (close > open && next - close >= 3 && close[1] == ' ' && close[2] == '1')
			fn(data, open + 1, close - open - 1);
	}
}

/* What stands behind #WORD at p; its length is 0 where the line is not that. */
static const char *directive_name(const char *p, const char *end, const char *word, size_t *length)
{
	size_t n = strlen(word);

	*length = 0;
	if (p >= end || *p++ != '#')
		return p;
	for (; p < end && (*p == ' ' || *p == '\t'); p++)
		;
	if ((size_t)(end - p) <= n || memcmp(p, word, n) != 0 || is_word(p[n]))
		return p;
	for (p += n; p < end && (*p == ' ' || *p == '\t'); p++)
		;
	while (p + *length < end && is_word(p[*length]))
		++*length;
	return p;
}

const char *text_macro(const char *p, const char *end, size_t *length)
{
	const char *name = directive_name(p, end, "define", length);

	return *length > 0 ? name : directive_name(p, end, "undef", length);
}

void text_macros(const struct text *text, text_name_fn fn, void *data)
{
	const char *end = text->bytes + text->size, *next;

	for (const char *p = text->bytes; p < end; p = next + 1) {
		const char *name;
		size_t length;

		next = line_end(p, end);
		name = text_macro(p, next, &length);
		if (length > 0)
			fn(data, name, length);
	}
}

/* FNV-1a */
struct token text_word(const char *word, size_t length)
{
	struct token token = { .text = word, .length = length, .hash = 2166136261u };

	for (size_t i = 0; i < length; i++)
		token.hash = (token.hash ^ (unsigned char)word[i]) * 16777619u;
	token.kind = TOKEN_NAME;
	return token;
}

static void add(struct text *text, size_t *room, enum token_kind kind, const char *start,
		const char *end, bool spaced)
{
	struct token *token;

	if (text->n_tokens == *room) {
		*room = *room ? 2 * *room : 65536;
		text->tokens = get_memory(text->tokens, *room, sizeof(*text->tokens));
	}
	token = &text->tokens[text->n_tokens++];
	*token = text_word(start, end - start);
	token->kind = kind;
	token->spaced = spaced;
}

/* The end of a literal that opens at p; of the line, if it does not close there. */
static const char *literal_end(const char *p, const char *end)
{
	char quote = *p++;

	while (p < end && *p != quote && *p != '\n')
		p += *p == '\\' && p + 1 < end ? 2 : 1;
	return p < end && *p == quote ? p + 1 : p < end ? p : end;
}

static const char *word_end(const char *p, const char *end)
{
	bool number = isdigit((unsigned char)*p);

	while (p < end && (is_word(*p) || (number && *p == '.')))
		p++;
	return p;
}

static bool is_left_out(const char *p, const char *end, enum text_kind kind)
{
	size_t length = 0;

	if (is_marker(p, end))
		return true;
	if (kind == TEXT_C_MACROS)
		text_macro(p, end, &length);
	return length > 0;
}

void text_tokens(struct text *text, enum text_kind kind)
{
	const char *p = text->bytes, *end = p + text->size, *next;
	bool line_start = true, space = false;
	size_t room = 0;

	for (; p < end; p = next) {
		next = p + 1;
		if (isspace((unsigned char)*p)) {
			line_start |= *p == '\n';
			space = true;
			continue;
		}
		if (line_start && (kind == TEXT_ASSEMBLY || *p == '#')) {
			next = line_end(p, end);
			if (!is_left_out(p, next, kind))
				add(text, &room, TOKEN_PRAGMA, p, next, false);
			continue;
		}
		line_start = false;
		if (is_word(*p)) {
			next = word_end(p, end);
			add(text, &room, isdigit((unsigned char)*p) ? TOKEN_NUMBER : TOKEN_NAME, p,
			    next, false);
		} else if (*p == '"' || *p == '\'') {
			next = literal_end(p, end);
			add(text, &room, TOKEN_STRING, p, next, false);
		} else {
			bool after_mark = text->n_tokens > 0 &&
					  text->tokens[text->n_tokens - 1].kind == TOKEN_MARK;

			add(text, &room, TOKEN_MARK, p, next, space && after_mark);
		}
		space = false;
	}
}

bool tokens_equal(const struct token *a, const struct token *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (a[i].hash != b[i].hash || a[i].length != b[i].length ||
		    a[i].kind != b[i].kind || a[i].spaced != b[i].spaced ||
		    memcmp(a[i].text, b[i].text, a[i].length) != 0)
			return false;
	return true;
}

bool token_is(const struct token *token, const char *word)
{
	return token->length == strlen(word) && memcmp(token->text, word, token->length) == 0;
}

void text_free(struct text *text)
{
	free(text->bytes);
	free(text->tokens);
	memset(text, 0, sizeof(*text));
}
