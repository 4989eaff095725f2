// SPDX-License-Identifier: GPL-2.0-only
/* The declarations and definitions of a unit, and which of them its object can depend on. */
#include <stdlib.h>
#include <string.h>

#include "kpatch-build/compare-unit/item-names.h"
#include "kpatch-build/compare-unit/words.h"

/* What is known of an item while its tokens outside of all brackets are read. */
struct head {
	const struct token *name; /* before the first parameter list */
	const struct token *tag; /* of struct, union or enum */
	const struct token *body; /* the first brace */
	const struct token *last; /* the last plain name, for variables */
	bool is_static, is_extern, is_typedef, is_enum, aggregate, assigned, comma;
	bool kept; /* it is part of the object whether it is used or not */
	bool never_emitted; /* extern inline, as GNU understands it */
	bool odd; /* a declarator in parentheses ... */
	const struct token *paren; /* ... which open here */
	bool function; /* the brace opens a function's body */
	bool typed; /* a type stands before the name */
};

/* One token that stands outside of all brackets. */
static void read_word(struct head *head, const struct token *token, const struct token *end)
{
	const struct token *next = token + 1 < end ? token + 1 : NULL;

	if (token_is(token, "static"))
		head->is_static = true;
	else if (token_is(token, "extern"))
		head->is_extern = true;
	else if (token_is(token, "typedef"))
		head->is_typedef = true;
	if (is_one_of(token, qualifiers) || head->assigned)
		return;
	if (token_is(token, "struct") || token_is(token, "union") || token_is(token, "enum")) {
		head->typed = true;
		if (!head->name && !head->tag) {
			head->aggregate = true;
			head->is_enum = token_is(token, "enum");
		}
		return;
	}
	if (is_one_of(token, with_parentheses)) {
		head->typed |= memmem(token->text, token->length, "typeof", 6) != NULL;
		return;
	}
	if (next && is_mark(next, '(') && !head->name) {
		if (is_one_of(token, type_words) || !head->typed)
			head->odd = true;
		head->name = token;
		return;
	}
	if (head->aggregate && !head->tag && !head->body)
		head->tag = token;
	head->typed = true;
	head->last = token;
}

/* What opens here, or what opened before it, has the declarator: int (*f)(void), type (f)(void). */
static const struct token *declarator(const struct head *head, const struct token *token,
				      const struct token *start, const struct token *end)
{
	bool second = token > start && is_mark(&token[-1], ')');

	if (!head->name)
		return second || (token > start && is_mark(&token[-1], '*')) ? token : NULL;
	if (token == head->name + 1)
		return token + 1 < end && is_mark(&token[1], '*') ? token : NULL;
	return second && is_mark(&head->name[1], '(') ? head->name + 1 : NULL;
}

static void read_mark(struct head *head, const struct token *token, const struct token *start,
		      const struct token *end)
{
	const struct token *paren;

	switch (token->text[0]) {
	case '=':
		head->assigned = true;
		break;
	case ',':
		head->comma = true;
		break;
	case '(':
		if (head->assigned || head->body)
			break;
		paren = head->odd ? token : declarator(head, token, start, end);
		if (paren && !head->paren)
			head->paren = paren;
		head->odd = paren;
		break;
	case '{':
		if (!head->body) {
			head->body = token;
			head->function = !head->assigned && head->name && !head->is_typedef &&
					 is_mark(&token[-1], ')');
		}
		break;
	}
}

/* A word of an attribute list, or one that could be. */
static bool is_keeping(const struct token *token, const struct token *start)
{
	return token > start && (is_mark(&token[-1], '(') || is_mark(&token[-1], ',')) &&
	       is_one_of(token, keeping);
}

/* Reads one item and tells where the next one begins. */
static const struct token *read_head(struct head *head, const struct token *token,
				     const struct token *end)
{
	const struct token *start = token;
	size_t depth = 0;

	memset(head, 0, sizeof(*head));
	for (; token < end; token++) {
		int step = bracket(token);

		if (depth == 0 && token->kind == TOKEN_PRAGMA)
			return token;
		if (depth == 0 && is_mark(token, ';'))
			return token + 1;
		if (depth == 0 && token->kind == TOKEN_NAME)
			read_word(head, token, end);
		if (depth == 0 && token->kind == TOKEN_MARK)
			read_mark(head, token, start, end);
		if (!head->function && token->kind == TOKEN_NAME) {
			head->kept |= is_keeping(token, start);
			head->never_emitted |= token_is(token, "gnu_inline") ||
					       token_is(token, "__gnu_inline__");
		}
		if (step < 0 && depth > 0)
			depth--;
		else if (step > 0)
			depth++;
		if (step < 0 && depth == 0 && head->function && is_mark(token, '}'))
			return token + 1;
	}
	return end;
}

/* int (*NAME)(void): of a typedef or of something extern. Sets the name, unless it is not that
 * simple. */
static void read_odd(struct head *head, const struct token *end)
{
	const struct token *token = head->paren;

	head->name = NULL;
	head->last = NULL;
	if (!token || head->assigned || head->comma)
		return;
	for (token++; token < end && is_mark(token, '*'); token++)
		;
	if (token + 1 < end && token->kind == TOKEN_NAME && !is_one_of(token, qualifiers) &&
	    !is_one_of(token, with_parentheses) &&
	    (is_mark(&token[1], ')') || is_mark(&token[1], '[')))
		head->last = token;
}

/* Something that makes no code or data of its own, and is needed only where its name is. */
static bool is_droppable(const struct head *head)
{
	if (head->kept || head->assigned)
		return false;
	if (head->odd)
		return !head->body && head->last && (head->is_typedef || head->is_extern);
	if (head->function)
		return head->is_static || (head->is_extern && head->never_emitted);
	if (head->is_typedef)
		return !head->comma && (head->name || head->last);
	if (head->name)
		return !head->comma && !head->body; /* a prototype */
	if (head->is_extern)
		return !head->comma && !head->body && head->last;
	/* struct tag { ... } __packed;  struct tag; */
	return head->aggregate && !head->is_static && !head->comma &&
	       (!head->last || head->last == head->tag) && (head->tag || head->is_enum);
}

/* Inside of an item it says something of all that comes behind, too, but for one of warnings. */
static bool has_pragma(const struct token *token, const struct token *end)
{
	static const char warnings[] = " diagnostic ";

	for (; token < end; token++)
		if (token->kind == TOKEN_PRAGMA &&
		    !memmem(token->text, token->length, warnings, strlen(warnings)))
			return true;
	return false;
}

static void add_item(struct items *items, struct head *head, const struct token *start,
		     const struct token *end)
{
	struct item item = { .tokens = start, .n = end - start };

	if (start->kind == TOKEN_PRAGMA) {
		item.root = true;
		item.directive = true;
	} else {
		if (head->odd)
			read_odd(head, end);
		item.root = !is_droppable(head) || has_pragma(start, end);
		item.kept = head->kept;
		item.function = head->function && !head->odd;
		item.prototype = head->name && !head->body && !head->assigned &&
				 !head->is_typedef && !head->odd && !head->comma;
		item.plain = !head->odd && !head->comma && !is_mark(start, '{') &&
			     (!head->body || (!head->name && (head->aggregate || head->assigned)));
		item.internal = head->is_static;
		item.body = head->body;
		item.name = head->name ? head->name : head->last ? head->last : head->tag;
	}
	if (items->n == items->room) {
		items->room = items->room ? 2 * items->room : 4096;
		items->list = get_memory(items->list, items->room, sizeof(*items->list));
	}
	items->list[items->n++] = item;
}

/* Assertions of the compiler make nothing. */
struct items items_cut(const struct text *text)
{
	struct items items = { 0 };
	const struct token *token = text->tokens, *end = token + text->n_tokens;

	while (token < end) {
		const struct token *start = token;
		struct head head;

		token = start->kind == TOKEN_PRAGMA ? start + 1 : read_head(&head, start, end);
		if (!is_mark(start, ';') && !token_is(start, "_Static_assert"))
			add_item(&items, &head, start, token);
	}
	return items;
}

/* Items that wait for their names to be followed. */
struct queue {
	size_t *list;
	size_t n;
};

static void reach(struct items *items, struct queue *queue, size_t index)
{
	if (items->list[index].reached)
		return;
	items->list[index].reached = true;
	queue->list[queue->n++] = index;
}

static void reach_name(struct items *items, const struct item_names *names, struct queue *queue,
		       const struct token *name)
{
	for (size_t i = item_names_find(names, name, 0); i; i = item_names_find(names, name, i))
		reach(items, queue, names->list[i].item);
}

/* What the compiler calls on its own. */
static const char *const implicit[] = { "memcpy",
					"memset",
					"memmove",
					"memcmp",
					"bcmp",
					"strlen",
					"strcpy",
					"strcat",
					"puts",
					"putchar",
					"printf",
					"abort",
					"__stack_chk_fail",
					"__stack_chk_guard",
					"__fentry__",
					NULL };

static void reach_implicit(struct items *items, const struct item_names *names, struct queue *queue)
{
	for (const char *const *word = implicit; *word; word++) {
		struct token name = text_word(*word, strlen(*word));

		reach_name(items, names, queue, &name);
	}
}

void items_implicit(text_name_fn fn, void *data)
{
	for (const char *const *word = implicit; *word; word++)
		fn(data, *word, strlen(*word));
}

static void follow(struct items *items, const struct item_names *names, struct queue *queue,
		   const struct item *item)
{
	for (size_t i = 0; i < item->n; i++) {
		const struct token *token = &item->tokens[i];

		if (token->kind == TOKEN_NAME) {
			reach_name(items, names, queue, token);
		} else if (token->kind == TOKEN_STRING && item->kept && token->length > 2) {
			/* alias("name") */
			struct token name = text_word(token->text + 1, token->length - 2);

			reach_name(items, names, queue, &name);
		}
	}
}

struct items items_of(const struct text *text)
{
	struct items items = items_cut(text);
	struct item_names names = item_names_of(&items, false);
	struct queue queue = { 0 };

	queue.list = get_memory(NULL, items.n, sizeof(*queue.list));
	for (size_t i = 0; i < items.n; i++)
		if (items.list[i].root)
			reach(&items, &queue, i);
	reach_implicit(&items, &names, &queue);
	for (size_t i = 0; i < queue.n; i++)
		follow(&items, &names, &queue, &items.list[queue.list[i]]);
	free(queue.list);
	item_names_free(&names);
	return items;
}

/* The next one that is reached, from *i on; NULL at the end. */
static const struct item *next_reached(const struct items *items, size_t *i)
{
	while (*i < items->n)
		if (items->list[(*i)++].reached)
			return &items->list[*i - 1];
	return NULL;
}

const struct item *items_difference(const struct items *a, const struct items *b)
{
	const struct item *one, *two;
	size_t i = 0, j = 0;

	do {
		one = next_reached(a, &i);
		two = next_reached(b, &j);
		if (!one || !two)
			break;
	} while (one->n == two->n && tokens_equal(one->tokens, two->tokens, one->n));
	return one ? one : two;
}

void items_free(struct items *items)
{
	free(items->list);
	memset(items, 0, sizeof(*items));
}
