/* SPDX-License-Identifier: GPL-2.0-only */
/* Words and marks of C. */
#ifndef COMPARE_UNIT_WORDS_H
#define COMPARE_UNIT_WORDS_H

#include "kpatch-build/compare-unit/text.h"

/* Lists that end in NULL. */
extern const char *const with_parentheses[]; /* follow, and it is no function's name */
extern const char *const type_words[];
extern const char *const qualifiers[]; /* say nothing of the type */
/* Attributes by which something stays although nothing uses it, or stands for another thing. */
extern const char *const keeping[];

bool is_one_of(const struct token *token, const char *const *words);
bool is_mark(const struct token *token, char mark);
/* 1 where a bracket of any kind opens, -1 where one closes. */
int bracket(const struct token *token);

#endif
