// SPDX-License-Identifier: GPL-2.0-only
/* The names that the object of a unit can depend on. */
#include <stdlib.h>
#include <string.h>

#include "kpatch-build/compare-unit/names.h"

static uint32_t low_bits(uint32_t hash)
{
	return hash & 0xffffff;
}

static void add_hash(struct name_set *names, uint32_t hash)
{
	hash = low_bits(hash);
	if (names->n == names->room) {
		names->room = names->room ? 2 * names->room : 4096;
		names->list = get_memory(names->list, names->room, sizeof(*names->list));
	}
	names->list[names->n++] = hash;
}

void names_add(struct name_set *names, const char *name, size_t length)
{
	add_hash(names, text_word(name, length).hash);
}

static int compare_hashes(const void *a, const void *b)
{
	uint32_t one = *(const uint32_t *)a, two = *(const uint32_t *)b;

	return one < two ? -1 : one > two;
}

void names_sort(struct name_set *names)
{
	size_t n = 0;

	qsort(names->list, names->n, sizeof(*names->list), compare_hashes);
	for (size_t i = 0; i < names->n; i++)
		if (n == 0 || names->list[i] != names->list[n - 1])
			names->list[n++] = names->list[i];
	names->n = n;
}

bool names_have(const struct name_set *names, uint32_t hash)
{
	return names->n > 0 && bsearch(&hash, names->list, names->n, sizeof(hash), compare_hashes);
}

void names_free(struct name_set *names)
{
	free(names->list);
	memset(names, 0, sizeof(*names));
}

/* All words of a line or a literal. */
static void add_words(struct name_set *names, const struct token *token)
{
	struct text text = { .bytes = (char *)token->text + 1, .size = token->length - 1 };

	text_tokens(&text, TEXT_C);
	for (size_t i = 0; i < text.n_tokens; i++)
		if (text.tokens[i].kind == TOKEN_NAME)
			add_hash(names, text.tokens[i].hash);
	free(text.tokens);
}

static void add_item(struct name_set *names, const struct item *item)
{
	for (size_t i = 0; i < item->n; i++) {
		const struct token *token = &item->tokens[i];

		if (token->kind == TOKEN_NAME)
			add_hash(names, token->hash);
		else if (token->kind == TOKEN_PRAGMA || (token->kind == TOKEN_STRING && item->kept))
			add_words(names, token);
	}
}

static void add_macro(void *data, const char *name, size_t length)
{
	names_add(data, name, length);
}

/* warning: "NAME" is not defined */
static void add_undefined(struct name_set *names, const struct text *messages)
{
	const char *p = messages->bytes, *end = p + messages->size;
	static const char opens[] = "warning: \"";

	while ((p = memmem(p, end - p, opens, strlen(opens)))) {
		const char *close;

		p += strlen(opens);
		close = memchr(p, '"', end - p);
		if (!close)
			return;
		names_add(names, p, close - p);
	}
}

struct name_set names_of_unit(const struct text *text, const struct items *items,
			      const struct text *messages)
{
	struct name_set names = { 0 };

	for (size_t i = 0; i < items->n; i++)
		if (items->list[i].reached)
			add_item(&names, &items->list[i]);
	items_implicit(add_macro, &names);
	text_macros(text, add_macro, &names);
	add_undefined(&names, messages);
	names_sort(&names);
	return names;
}

static void digits_of(char *digits, uint32_t hash)
{
	for (size_t i = NAMES_DIGITS; i-- > 0; hash >>= 6)
		digits[i] = '0' + (hash & 63);
}

void names_write(FILE *file, const struct name_set *names)
{
	char digits[NAMES_DIGITS];

	for (size_t i = 0; i < names->n; i++) {
		digits_of(digits, names->list[i]);
		fwrite(digits, sizeof(digits), 1, file);
	}
}

bool names_in_digits(const char *digits, size_t length, uint32_t hash)
{
	char wanted[NAMES_DIGITS];
	size_t low = 0, high = length / NAMES_DIGITS;

	digits_of(wanted, hash);
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = memcmp(wanted, digits + middle * NAMES_DIGITS, NAMES_DIGITS);

		if (order == 0)
			return true;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return false;
}
