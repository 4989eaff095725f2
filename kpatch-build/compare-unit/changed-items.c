// SPDX-License-Identifier: GPL-2.0-only
/* What of a unit's text changed, and whom it is for. */
#include <stdlib.h>
#include <string.h>

#include "kpatch-build/compare-unit/changed-items.h"

/* What __COUNTER__ is part of in names: another macro before it changes the number. */
static const char *const counted[] = { "__UNIQUE_ID_", "__compiletime_assert_", NULL };

/* __initcall__kmod_FILE__COUNTER_LINE_FUNCTION, as a name or in assembly */
static const char initcall[] = "__initcall__kmod_";

/* The digits of the counter; its length is 0 where there is none. */
struct count {
	size_t start, length;
};

static size_t digits(const struct token *token, size_t from)
{
	size_t n = 0;

	while (from + n < token->length && token->text[from + n] >= '0' &&
	       token->text[from + n] <= '9')
		n++;
	return n;
}

static struct count find_initcall_count(const struct token *token, size_t from)
{
	struct count count = { 0 };

	for (size_t i = from; i + 2 < token->length && !count.length; i++) {
		if (memcmp(token->text + i, "__", 2) != 0)
			continue;
		count.start = i + 2;
		count.length = digits(token, count.start);
		if (count.start + count.length >= token->length ||
		    token->text[count.start + count.length] != '_')
			count.length = 0;
	}
	return count;
}

static struct count find_count(const struct token *token)
{
	struct count count = { token->length, 0 };
	size_t quote = token->kind == TOKEN_STRING, n = strlen(initcall);

	if (quote + n < token->length && memcmp(token->text + quote, initcall, n) == 0)
		return find_initcall_count(token, quote + n);
	for (const char *const *word = counted; *word; word++) {
		n = strlen(*word);
		if (n >= token->length || memcmp(token->text, *word, n) != 0)
			continue;
		while (count.start > n && digits(token, count.start - 1))
			count.start--;
		count.length = token->length - count.start;
		break;
	}
	return count;
}

static bool same_but_count(const struct token *a, const struct token *b)
{
	struct count one, two;
	size_t rest;

	if (tokens_equal(a, b, 1))
		return true;
	if (a->kind != b->kind || (a->kind != TOKEN_NAME && a->kind != TOKEN_STRING))
		return false;
	one = find_count(a);
	two = find_count(b);
	rest = a->length - one.start - one.length;
	return one.length && two.length && one.start == two.start &&
	       rest == b->length - two.start - two.length &&
	       memcmp(a->text, b->text, one.start) == 0 &&
	       memcmp(a->text + a->length - rest, b->text + b->length - rest, rest) == 0;
}

static bool same_item(const struct item *a, const struct item *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (!same_but_count(&a->tokens[i], &b->tokens[i]))
			return false;
	return true;
}

static bool same_word(const struct token *a, const struct token *b)
{
	return a->hash == b->hash && a->length == b->length &&
	       memcmp(a->text, b->text, a->length) == 0;
}

/* One side of the comparison. What is not reached here may have been in the other text. */
struct side {
	const struct text *text;
	const struct item **list;
	bool *changed, *init, *visited;
	size_t n;
	struct side *other;
};

static struct side side_of(const struct text *text, const struct items *items)
{
	struct side side = { .text = text };

	side.list = get_memory(NULL, items->n, sizeof(*side.list));
	for (size_t i = 0; i < items->n; i++)
		side.list[side.n++] = &items->list[i];
	side.changed = get_memory(NULL, side.n, sizeof(bool));
	side.init = get_memory(NULL, side.n, sizeof(bool));
	side.visited = get_memory(NULL, side.n, sizeof(bool));
	memset(side.changed, 0, side.n);
	memset(side.init, 0, side.n);
	return side;
}

static void free_side(struct side *side)
{
	free(side->list);
	free(side->changed);
	free(side->init);
	free(side->visited);
}

static bool is_pragma(const struct item *item)
{
	return item->n == 1 && item->tokens->kind == TOKEN_PRAGMA;
}

/* Of warnings. Another one says something of all that comes behind it. */
static bool is_diagnostic(const struct item *item)
{
	return is_pragma(item) && memmem(item->tokens->text, item->tokens->length, " diagnostic ",
					 strlen(" diagnostic "));
}

/* Mostly the next one is the one behind the last that was found. */
static bool side_has(const struct side *side, size_t from, size_t end, size_t *hint,
		     const struct item *item)
{
	size_t n = end - from;

	for (size_t i = 0; i < n; i++) {
		size_t at = from + (*hint + i) % n;

		if (same_item(side->list[at], item)) {
			*hint = at - from + 1;
			return true;
		}
	}
	return false;
}

/* What is the same at the start and the end is in the same order. */
static void find_changed(struct side *side, size_t from, size_t tail)
{
	size_t hint = 0;

	for (size_t i = from; i < side->n - tail; i++) {
		const struct item *item = side->list[i];

		side->changed[i] = item->reached && ((is_pragma(item) && !is_diagnostic(item)) ||
						     !side_has(side->other, from,
							       side->other->n - tail, &hint, item));
	}
}

static void compare_sides(struct side *a, struct side *b)
{
	size_t from = 0, tail = 0;

	while (from < a->n && from < b->n && same_item(a->list[from], b->list[from]))
		from++;
	while (tail < a->n - from && tail < b->n - from &&
	       same_item(a->list[a->n - 1 - tail], b->list[b->n - 1 - tail]))
		tail++;
	find_changed(a, from, tail);
	find_changed(b, from, tail);
}

/* __attribute__((__section__(".init.text"))), ".con_initcall.init" */
static bool names_init(const struct item *item)
{
	for (size_t i = 0; i < item->n; i++) {
		const struct token *token = &item->tokens[i];

		if (token->kind == TOKEN_STRING && token->length > 2 && token->text[1] == '.' &&
		    (memmem(token->text, token->length, ".init", 5) ||
		     memmem(token->text, token->length, ".exit", 5)))
			return true;
	}
	return false;
}

/* A declaration may say it as well. */
static void mark_init(struct side *side, const struct side *source)
{
	for (size_t i = 0; i < source->n; i++) {
		const struct item *item = source->list[i];

		if (!names_init(item))
			continue;
		for (size_t j = 0; j < side->n; j++)
			side->init[j] |= side->list[j] == item ||
					 (item->name && side->list[j]->name &&
					  same_word(item->name, side->list[j]->name));
	}
}

/* . or -> stands before it. */
static bool is_member(const struct item *item, size_t i)
{
	const struct token *token = &item->tokens[i];

	return i > 0 && token[-1].kind == TOKEN_MARK &&
	       (token[-1].text[0] == '.' ||
		(token[-1].text[0] == '>' && i > 1 && token[-2].text[0] == '-'));
}

static bool is_called(const struct item *item, size_t i)
{
	return i + 1 < item->n && item->tokens[i + 1].kind == TOKEN_MARK &&
	       item->tokens[i + 1].text[0] == '(';
}

/* As a function; @handed: for others to call. */
static bool names(const struct item *item, const struct token *name, bool handed)
{
	for (size_t i = 0; i < item->n; i++)
		if (item->tokens[i].kind == TOKEN_NAME && same_word(&item->tokens[i], name) &&
		    !is_member(item, i) && !(handed && is_called(item, i)))
			return true;
	return false;
}

/*
 * Whether code or data that is not of init leads to a function: by its name, or by that of a
 * static function that does. What init code hands over, such as to register it, runs later.
 */
static bool runs_by_name(struct side *side, const struct token *name)
{
	for (size_t i = 0; i < side->n; i++) {
		const struct item *item = side->list[i];
		bool own = item->name && same_word(item->name, name), init = side->init[i];

		if (!item->reached || side->visited[i] || !(item->root || item->function) ||
		    (own && !item->root) || !names(item, name, init))
			continue;
		side->visited[i] = !init;
		if (item->root || init || (item->name && runs_by_name(side, item->name)))
			return true;
	}
	return false;
}

static bool runs(struct side *side, const struct token *name)
{
	memset(side->visited, 0, side->n);
	return runs_by_name(side, name);
}

/* # 12 "include/linux/x.h" 1: the last one before the item. */
static bool is_of_header(const struct side *side, const struct item *item)
{
	const char *start = side->text->bytes, *line = item->tokens->text, *end, *next;

	for (next = line; line > start; next = line) {
		line = memrchr(start, '\n', next - start);
		line = line ? line : start;
		if (next - line < 4 || memcmp(line, "\n# ", 3) != 0 || line[3] < '0' ||
		    line[3] > '9')
			continue;
		end = memrchr(line, '"', next - line);
		return end && end - line > 2 && memcmp(end - 2, ".h", 2) == 0;
	}
	return false;
}

static const char *const standing_for[] = { "alias",	  "__alias__",	     "weak",
					    "__weak__",	  "ifunc",	     "__ifunc__",
					    "weakref",	  "__weakref__",     "constructor",
					    "destructor", "__constructor__", "__destructor__",
					    NULL };

/* Whether an attribute may make it something else than its own name. */
static bool stands_for_other(const struct item *item)
{
	for (size_t i = 0; item->kept && i < item->n; i++)
		for (const char *const *word = standing_for; *word; word++)
			if (token_is(&item->tokens[i], *word))
				return true;
	return false;
}

/* Whether an item that did not change, or a function, has the name. */
static bool is_needed(const struct side *side, const struct token *name)
{
	for (size_t i = 0; i < side->n; i++) {
		const struct item *item = side->list[i];

		if (!item->reached || side->changed[i])
			continue;
		for (size_t j = 0; j < item->n; j++)
			if (item->tokens[j].kind == TOKEN_NAME && same_word(&item->tokens[j], name))
				return true;
	}
	return false;
}

static bool is_word(const struct token *token, const char *const *words)
{
	for (; *words; words++)
		if (token_is(token, *words))
			return true;
	return false;
}

/* Tags and enumerators in braces; other names among them are no harm. */
static bool inner_is_needed(const struct side *side, const struct item *item)
{
	static const char *const tagged[] = { "struct", "union", "enum", NULL };
	bool enumerates = false;

	for (size_t i = 1; i < item->n; i++) {
		const struct token *token = &item->tokens[i];
		char before = token[-1].kind == TOKEN_MARK ? token[-1].text[0] : 0;

		enumerates |= token_is(&token[-1], "enum");
		if (token->kind != TOKEN_NAME)
			continue;
		if (((is_word(&token[-1], tagged) && i + 1 < item->n &&
		      token[1].kind == TOKEN_MARK && token[1].text[0] == '{') ||
		     (enumerates && (before == '{' || before == ','))) &&
		    is_needed(side, token))
			return true;
	}
	return false;
}

/*
 * A type or a variable that only functions use that changed as well says nothing more of others
 * than these do.
 */
static bool is_private(const struct side *side, const struct item *item)
{
	return is_diagnostic(item) ||
	       (item->plain && item->name && !stands_for_other(item) &&
		!is_needed(side, item->name) && !inner_is_needed(side, item));
}

static enum changed_item how_changed(struct side *side, size_t index)
{
	const struct item *item = side->list[index];

	if (side->init[index])
		return CHANGED_INIT;
	if (!item->name || !(item->function || item->prototype) || stands_for_other(item))
		return CHANGED_OTHER;
	if (runs(side, item->name))
		return CHANGED_FUNCTION;
	return is_of_header(side, item) ? CHANGED_ELSEWHERE : CHANGED_INIT;
}

static void tell_changed(struct side *side, changed_item_fn fn, void *data)
{
	for (size_t i = 0; i < side->n; i++) {
		const struct item *item = side->list[i];

		if (!side->changed[i] || (!side->init[i] && !item->function && !item->prototype &&
					  is_private(side, item)))
			continue;
		fn(data, item, how_changed(side, i));
	}
}

void changed_items(const struct text *one, const struct items *a, const struct text *two,
		   const struct items *b, changed_item_fn fn, void *data)
{
	struct side first = side_of(one, a), second = side_of(two, b);

	first.other = &second;
	second.other = &first;
	compare_sides(&first, &second);
	mark_init(&first, &first);
	mark_init(&first, &second);
	mark_init(&second, &first);
	mark_init(&second, &second);
	tell_changed(&first, fn, data);
	tell_changed(&second, fn, data);
	free_side(&first);
	free_side(&second);
}
