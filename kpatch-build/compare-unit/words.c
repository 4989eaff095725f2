// SPDX-License-Identifier: GPL-2.0-only
/* Words and marks of C. */
#include <string.h>

#include "kpatch-build/compare-unit/words.h"

bool is_one_of(const struct token *token, const char *const *words)
{
	for (; *words; words++)
		if (token_is(token, *words))
			return true;
	return false;
}

bool is_mark(const struct token *token, char mark)
{
	return token->kind == TOKEN_MARK && token->text[0] == mark;
}

const char *const with_parentheses[] = { "__attribute__",     "__attribute",
					 "__typeof__",	      "typeof",
					 "__typeof",	      "asm",
					 "__asm__",	      "__asm",
					 "_Alignas",	      "__extension__",
					 "__typeof_unqual__", "typeof_unqual",
					 "__auto_type",	      "_Static_assert",
					 "static_assert",     NULL };

const char *const type_words[] = { "void",     "char",	"short",      "int",
				   "long",     "float", "double",     "signed",
				   "unsigned", "_Bool", "__signed__", "__int128",
				   "struct",   "union", "enum",	      NULL };

const char *const qualifiers[] = { "static",	 "extern",	  "inline",
				   "__inline",	 "__inline__",	  "const",
				   "volatile",	 "__const",	  "register",
				   "_Noreturn",	 "__extension__", "restrict",
				   "__restrict", "__volatile__",  NULL };

const char *const keeping[] = { "used",	       "__used__",	  "retain",	"__retain__",
				"constructor", "__constructor__", "destructor", "__destructor__",
				"alias",       "__alias__",	  "ifunc",	"__ifunc__",
				"weak",	       "__weak__",	  "weakref",	"__weakref__",
				NULL };

int bracket(const struct token *token)
{
	if (token->kind != TOKEN_MARK)
		return 0;
	switch (token->text[0]) {
	case '(':
	case '[':
	case '{':
		return 1;
	case ')':
	case ']':
	case '}':
		return -1;
	}
	return 0;
}
