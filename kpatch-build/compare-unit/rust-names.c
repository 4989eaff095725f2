// SPDX-License-Identifier: GPL-2.0-only
/* The names that the kernel's code in Rust mentions. */
#include <ctype.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kpatch-build/compare-unit/rust-names.h"

struct words {
	struct token *slots;
	size_t mask, n;
};

struct rust_names {
	char *bytes;
	char *lower; /* the same in small letters */
	struct words whole;
	struct words ends; /* what follows an underscore */
	struct words
		*parts; /* what a star can stand for, in small letters, by the number of a file */
	size_t n_parts;
	struct pattern *patterns;
	size_t n_patterns;
};

struct pattern {
	const char *text;
	size_t length;
	size_t file; /* 0: any */
};

/* A part of a name, and the same in small letters. */
struct part {
	const char *text, *lower;
	size_t length;
};

/* The slot of a word, or a free one for it. */
static struct token *slot_of(const struct words *words, const struct token *word)
{
	size_t i = word->hash & words->mask;

	for (; words->slots[i].text; i = (i + 1) & words->mask)
		if (words->slots[i].length == word->length &&
		    memcmp(words->slots[i].text, word->text, word->length) == 0)
			break;
	return &words->slots[i];
}

static void words_make(struct words *words, size_t size)
{
	words->mask = size - 1;
	words->n = 0;
	words->slots = get_memory(NULL, size, sizeof(*words->slots));
	memset(words->slots, 0, size * sizeof(*words->slots));
}

static void words_add(struct words *words, const char *text, size_t length)
{
	struct token word = text_word(text, length), *slot;

	if (length == 0)
		return;
	if (2 * words->n >= words->mask) {
		struct words old = *words;

		words_make(words, 2 * (old.mask + 1));
		for (size_t i = 0; i <= old.mask; i++)
			if (old.slots[i].text)
				words_add(words, old.slots[i].text, old.slots[i].length);
		free(old.slots);
	}
	slot = slot_of(words, &word);
	words->n += !slot->text;
	*slot = word;
}

static bool words_have(const struct words *words, const char *text, size_t length)
{
	struct token word = text_word(text, length);

	return slot_of(words, &word)->text;
}

/* bindgen calls a structure without a name, inside of another one, OUTER__bindgen_ty_1. */
static size_t without_number(const char *text, size_t length)
{
	const char *at = memmem(text, length, "__bindgen_", 10);

	return at ? (size_t)(at - text) : length;
}

static void add_name(struct rust_names *names, const char *text, size_t length)
{
	size_t n = without_number(text, length);

	words_add(&names->whole, text, length);
	words_add(&names->whole, text, n);
	for (; n > 1 && text[n - 1] == '_'; n--)
		words_add(&names->whole, text, n - 1);
	for (size_t i = 0; i < n; i++)
		if (text[i] == '_') {
			words_add(&names->ends, text + i + 1, n - i - 1);
			words_add(&names->ends, text + i + 1, length - i - 1);
		}
	for (; n > 1 && *text == '_'; n--)
		words_add(&names->whole, ++text, n - 1);
}

/* NUMBER: before a name, or 0 */
static size_t read_number(const char **text, size_t *length)
{
	const char *colon = memchr(*text, ':', *length);
	size_t number = colon ? strtoul(*text, NULL, 10) : 0;

	if (colon) {
		*length -= colon + 1 - *text;
		*text = colon + 1;
	}
	return number;
}

static struct words *parts_of(struct rust_names *names, size_t file)
{
	if (file > 9999)
		errx(1, "%zu files that paste names", file);
	for (; names->n_parts <= file; names->n_parts++) {
		names->parts = get_memory(names->parts, names->n_parts + 1, sizeof(*names->parts));
		words_make(&names->parts[names->n_parts], 1 << 10);
	}
	return &names->parts[file];
}

static void add_line(struct rust_names *names, const char *text, size_t length)
{
	size_t file = read_number(&text, &length);
	struct words *parts = parts_of(names, file);

	if (memchr(text, '*', length)) {
		struct pattern pattern = { text, length, file };

		names->patterns = get_memory(names->patterns, names->n_patterns + 1,
					     sizeof(*names->patterns));
		names->patterns[names->n_patterns++] = pattern;
		return;
	}
	if (file == 0)
		add_name(names, text, length);
	words_add(parts, names->lower + (text - names->bytes), length);
}

static size_t read_bytes(struct rust_names *names, const char *name)
{
	FILE *file = fopen(name, "re");
	size_t room = 0;
	ssize_t n;

	if (!file)
		err(1, "%s", name);
	/* There is no zero in it. */
	n = getdelim(&names->bytes, &room, '\0', file);
	if (n <= 0)
		errx(1, "%s: no names in it", name);
	fclose(file);
	names->lower = get_memory(NULL, n, 1);
	for (ssize_t i = 0; i < n; i++)
		names->lower[i] = tolower((unsigned char)names->bytes[i]);
	return n;
}

struct rust_names *rust_names_read(const char *file)
{
	struct rust_names *names = get_memory(NULL, 1, sizeof(*names));
	const char *line, *end, *next;
	size_t n;

	memset(names, 0, sizeof(*names));
	words_make(&names->whole, 1 << 17);
	words_make(&names->ends, 1 << 17);
	n = read_bytes(names, file);
	end = names->bytes + n;
	for (line = names->bytes; line < end; line = next + 1) {
		next = memchr(line, '\n', end - line);
		if (!next)
			next = end;
		add_line(names, line, next - line);
	}
	return names;
}

void rust_names_free(struct rust_names *names)
{
	if (!names)
		return;
	free(names->whole.slots);
	free(names->ends.slots);
	for (size_t i = 0; i < names->n_parts; i++)
		free(names->parts[i].slots);
	free(names->parts);
	free(names->patterns);
	free(names->bytes);
	free(names->lower);
	free(names);
}

static bool is_pasted(const struct rust_names *names, struct part name, size_t file);

/* Can a star stand for this? What a file pastes, it can paste once more. */
static bool is_part(const struct rust_names *names, struct part part, size_t file, bool again)
{
	return words_have(&names->parts[file], part.lower, part.length) ||
	       (again && file && is_pasted(names, part, file));
}

static bool matches(const struct rust_names *names, const struct pattern *pattern, size_t at,
		    struct part name, bool again)
{
	for (; at < pattern->length && pattern->text[at] != '*'; at++) {
		if (name.length == 0 || *name.text != pattern->text[at])
			return false;
		name.text++;
		name.lower++;
		name.length--;
	}
	if (at == pattern->length)
		return name.length == 0;
	if (at + 1 == pattern->length)
		return name.length > 0 && is_part(names, name, pattern->file, again);
	for (size_t n = 1; n <= name.length; n++) {
		struct part part = { name.text, name.lower, n };
		struct part rest = { name.text + n, name.lower + n, name.length - n };

		if (matches(names, pattern, at + 1, rest, again) &&
		    is_part(names, part, pattern->file, again))
			return true;
	}
	return false;
}

static bool is_pasted(const struct rust_names *names, struct part name, size_t file)
{
	for (size_t i = 0; i < names->n_patterns; i++)
		if (names->patterns[i].file == file &&
		    matches(names, &names->patterns[i], 0, name, false))
			return true;
	return false;
}

static bool is_any_pasted(const struct rust_names *names, const char *text, size_t length)
{
	struct part name = { text, NULL, length };
	char lower[256];

	if (length > sizeof(lower))
		return true;
	for (size_t i = 0; i < length; i++)
		lower[i] = tolower((unsigned char)text[i]);
	name.lower = lower;
	for (size_t i = 0; i < names->n_patterns; i++)
		if (matches(names, &names->patterns[i], 0, name, true))
			return true;
	return false;
}

bool rust_names_have(const struct rust_names *names, const struct token *name)
{
	static const char *const before[] = { "", "RUST_CONST_HELPER_", "rust_helper_" };

	for (size_t i = 0; i < sizeof(before) / sizeof(*before); i++) {
		size_t n = strlen(before[i]);

		if (name->length <= n || memcmp(name->text, before[i], n) != 0)
			continue;
		if (words_have(&names->whole, name->text + n, name->length - n) ||
		    is_any_pasted(names, name->text + n, name->length - n))
			return true;
	}
	return false;
}

bool rust_names_have_inner(const struct rust_names *names, const struct token *name)
{
	return words_have(&names->ends, name->text, name->length) || rust_names_have(names, name);
}
