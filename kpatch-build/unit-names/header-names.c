// SPDX-License-Identifier: GPL-2.0-only
/* The names of what differs between two states of a header. */
#include <stdlib.h>
#include <string.h>

#include "kpatch-build/unit-names/declared.h"
#include "kpatch-build/unit-names/header-names.h"
#include "kpatch-build/unit-names/new-macros.h"

/* The end of what is at p: a comment, a literal, or one character. */
static const char *piece_end(const char *p, const char *end, bool *comment)
{
	const char *next = p + 1;

	*comment = false;
	if (*p == '"' || *p == '\'') {
		while (next < end && *next != *p && *next != '\n')
			next += *next == '\\' && next + 1 < end ? 2 : 1;
		/* #error isn't one */
		return next < end && *next == *p ? next + 1 : p + 1;
	}
	if (*p != '/' || next == end || (*next != '/' && *next != '*'))
		return next;
	*comment = true;
	next = *next == '*' ? memmem(next + 1, end - next - 1, "*/", 2)
			    : memchr(next, '\n', end - next);
	return !next ? end : *next == '*' ? next + 2 : next;
}

static void join_lines(struct text *text)
{
	size_t n = 0;

	for (size_t i = 0; i < text->size; i++) {
		if (text->bytes[i] == '\\' && i + 1 < text->size && text->bytes[i + 1] == '\n')
			i++;
		else
			text->bytes[n++] = text->bytes[i];
	}
	text->size = n;
}

/* A comment is a space (C11 5.1.1.2). */
static void strip_comments(struct text *text)
{
	const char *p = text->bytes, *end = p + text->size, *next;
	size_t n = 0;
	bool comment;

	for (; p < end; p = next) {
		next = piece_end(p, end, &comment);
		if (comment) {
			text->bytes[n++] = ' ';
			continue;
		}
		memmove(text->bytes + n, p, next - p);
		n += next - p;
	}
	text->size = n;
}

/* Our own directives keep lines at their numbers, and spaces at the end of a line are none. */
static void tidy_directives(struct text *text)
{
	size_t n = 0;

	for (size_t i = 0; i < text->n_tokens; i++) {
		struct token token = text->tokens[i];

		if (token.kind == TOKEN_PRAGMA) {
			uint32_t length = token.length;

			while (length > 0 && strchr(" \t\r", token.text[length - 1]))
				length--;
			token = text_word(token.text, length);
			token.kind = TOKEN_PRAGMA;
			if (length > 6 && memcmp(token.text, "#line ", 6) == 0)
				continue;
		}
		text->tokens[n++] = token;
	}
	text->n_tokens = n;
}

static struct items cut(struct text *text)
{
	join_lines(text);
	strip_comments(text);
	text_tokens(text, TEXT_C);
	tidy_directives(text);
	return items_of(text);
}

static bool same_item(const struct item *a, const struct item *b)
{
	return a->n == b->n && tokens_equal(a->tokens, b->tokens, a->n);
}

/* Two lists of items without what they have in common at both ends. */
struct middle {
	const struct item *a, *b;
	size_t n_a, n_b;
};

static struct middle middle_of(const struct items *a, const struct items *b)
{
	struct middle middle = { a->list, b->list, a->n, b->n };

	while (middle.n_a > 0 && middle.n_b > 0 && same_item(middle.a, middle.b)) {
		middle.a++;
		middle.b++;
		middle.n_a--;
		middle.n_b--;
	}
	while (middle.n_a > 0 && middle.n_b > 0 &&
	       same_item(&middle.a[middle.n_a - 1], &middle.b[middle.n_b - 1])) {
		middle.n_a--;
		middle.n_b--;
	}
	return middle;
}

/* Lengths of the longest common subsequences of what is left from each place on, as a table. */
static uint32_t *common_lengths(const struct middle *middle)
{
	size_t width = middle->n_b + 1;
	uint32_t *table = get_memory(NULL, (middle->n_a + 1) * width, sizeof(*table));

	for (size_t i = middle->n_a + 1; i-- > 0;) {
		for (size_t j = width; j-- > 0;) {
			uint32_t *cell = &table[i * width + j];

			if (i == middle->n_a || j == middle->n_b)
				*cell = 0;
			else if (same_item(&middle->a[i], &middle->b[j]))
				*cell = cell[width + 1] + 1;
			else
				*cell = cell[1] > cell[width] ? cell[1] : cell[width];
		}
	}
	return table;
}

#define CELLS_MAX (32u << 20)

/* What differs between two items that both have. */
struct gap {
	struct definitions original, patched;
};

static void end_gap(struct gap *gap, const struct name_listeners *listeners)
{
	new_macros(&gap->original, &gap->patched, listeners->macro, listeners->data);
}

/* The first item that differs and of which it is not certain what it declares, or NULL. */
static const struct item *walk(const struct middle *middle, const uint32_t *table, struct gap *gap,
			       const struct name_listeners *listeners)
{
	size_t i = 0, j = 0, width = middle->n_b + 1;

	while (i < middle->n_a || j < middle->n_b) {
		const uint32_t *cell = &table[i * width + j];
		const struct item *item;

		if (i < middle->n_a && j < middle->n_b && same_item(&middle->a[i], &middle->b[j])) {
			end_gap(gap, listeners);
			i++;
			j++;
			continue;
		}
		if (j == middle->n_b || (i < middle->n_a && cell[width] >= cell[1])) {
			item = &middle->a[i++];
			definitions_add(&gap->original, item);
		} else {
			item = &middle->b[j++];
			definitions_add(&gap->patched, item);
		}
		if (!declared_names(item, listeners->name, listeners->data))
			return item;
	}
	end_gap(gap, listeners);
	return NULL;
}

static const struct item *differing_names(const struct middle *middle,
					  const struct name_listeners *listeners)
{
	struct gap gap = { 0 };
	const struct item *odd;
	uint32_t *table;

	if ((middle->n_a + 1) * (middle->n_b + 1) > CELLS_MAX)
		return middle->n_a > 0 ? middle->a : middle->b;
	table = common_lengths(middle);
	odd = walk(middle, table, &gap, listeners);
	definitions_free(&gap.original);
	definitions_free(&gap.patched);
	free(table);
	return odd;
}

bool header_names(struct text *original, struct text *patched,
		  const struct name_listeners *listeners, struct token *why)
{
	struct items a = cut(original), b = cut(patched);
	struct middle middle = middle_of(&a, &b);
	const struct item *odd = differing_names(&middle, listeners);

	if (odd)
		*why = *odd->tokens;
	items_free(&a);
	items_free(&b);
	return !odd;
}
