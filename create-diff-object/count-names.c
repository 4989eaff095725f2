// SPDX-License-Identifier: GPL-2.0-only
#include "count-names.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

struct word {
	const char *text;
	size_t length;
};

static bool is_word(const struct word *word, const char *const *list)
{
	for (; *list; list++) {
		if (strlen(*list) == word->length && !strncasecmp(word->text, *list, word->length))
			return true;
	}
	return false;
}

/* MAX, MAXNUM, IDXMAX. */
static bool has_max(const struct word *word)
{
	const size_t n = strlen("max");

	return word->length >= n && (!strncasecmp(word->text, "max", n) ||
				     !strncasecmp(word->text + word->length - n, "max", n));
}

/* Whole words: RESIZE and ACCOUNT are names of what is done. */
bool names_count(const char *name)
{
	static const char *const first_or_last[] = { "nr", "num", NULL };
	static const char *const last[] = { "count", "counts", "cnt",	"last",
					    "end",   "size",   "total", NULL };
	struct word word = { name, 0 };
	bool first = true, at_end = false;

	for (; !at_end; word.text += word.length + 1) {
		word.length = strcspn(word.text, "_");
		at_end = !word.text[word.length];
		if (!word.length)
			continue;
		if (has_max(&word) || ((first || at_end) && is_word(&word, first_or_last)) ||
		    (at_end && !first && is_word(&word, last)))
			return true;
		first = false;
	}
	return false;
}
