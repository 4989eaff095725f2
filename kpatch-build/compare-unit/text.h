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

/* The name is not terminated. */
typedef void (*text_name_fn)(void *data, const char *name, size_t length);

/* Calls fn for each file that a line marker says is entered. */
void text_files(const struct text *text, text_name_fn fn, void *data);
/* Calls fn for each name in lines "#define NAME" and "#undef NAME". */
void text_macros(const struct text *text, text_name_fn fn, void *data);

/* The name in one such line; its length is 0 where it is another line. */
const char *text_macro(const char *line, const char *end, size_t *length);

enum text_kind {
	TEXT_C, /* what the preprocessor makes, and directives as far as it leaves them */
	TEXT_C_MACROS, /* there, #define and #undef only tell what was used (-dU): no tokens */
	TEXT_ASSEMBLY, /* is cut into lines */
};

/* Cuts the text into tokens, without line markers. */
void text_tokens(struct text *text, enum text_kind kind);
/* A name that is no part of a text. */
struct token text_word(const char *word, size_t length);
bool tokens_equal(const struct token *a, const struct token *b, size_t n);
bool token_is(const struct token *token, const char *word);
void text_free(struct text *text);

/* These end the program when there is no memory. */
void *get_memory(void *old, size_t n, size_t size);

#endif
