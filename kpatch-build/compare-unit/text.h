/* SPDX-License-Identifier: GPL-2.0-only */
/* A preprocessed text as tokens. */
#ifndef COMPARE_UNIT_TEXT_H
#define COMPARE_UNIT_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum token_kind {
	TOKEN_NAME,
	TOKEN_NUMBER,
	TOKEN_STRING, /* a string or a character */
	TOKEN_MARK, /* one character of an operator, a bracket, ... */
	TOKEN_PRAGMA, /* a whole line, or a line of assembly */
};

struct token {
	const char *text;
	uint32_t length;
	uint32_t hash;
	uint8_t kind;
	/* Between two marks, a space can be what makes two operators of one. */
	bool spaced;
};

struct text {
	char *bytes;
	size_t size;
	struct token *tokens;
	size_t n_tokens;
};

/* Called for each file that a line marker says is entered; the name is not terminated. */
typedef void (*text_file_fn)(void *data, const char *name, size_t length);

void text_files(const struct text *text, text_file_fn fn, void *data);

/* Cuts the text into tokens, without line markers. Assembly is cut into lines. */
void text_tokens(struct text *text, bool assembly);
/* A name that is no part of a text. */
struct token text_word(const char *word, size_t length);
bool tokens_equal(const struct token *a, const struct token *b, size_t n);
bool token_is(const struct token *token, const char *word);
void text_free(struct text *text);

/* These end the program when there is no memory. */
void *get_memory(void *old, size_t n, size_t size);

#endif
