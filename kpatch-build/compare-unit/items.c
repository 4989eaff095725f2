// SPDX-License-Identifier: GPL-2.0-only
/* The declarations and definitions of a unit, and which of them its object can depend on. */
#include <stdlib.h>
#include <string.h>

#include "kpatch-build/compare-unit/items.h"

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

static bool is_one_of(const struct token *token, const char *const *words)
{
	for (; *words; words++)
		if (token_is(token, *words))
			return true;
	return false;
}

static bool is_mark(const struct token *token, char mark)
{
	return token->kind == TOKEN_MARK && token->text[0] == mark;
}

/* Words that are followed by parentheses and are no function's name. */
static const char *const with_parentheses[] = { "__attribute__",     "__attribute",
						"__typeof__",	     "typeof",
						"__typeof",	     "asm",
						"__asm__",	     "__asm",
						"_Alignas",	     "__extension__",
						"__typeof_unqual__", "typeof_unqual",
						"__auto_type",	     "_Static_assert",
						"static_assert",     NULL };

static const char *const type_words[] = { "void",     "char",  "short",	     "int",
					  "long",     "float", "double",     "signed",
					  "unsigned", "_Bool", "__signed__", "__int128",
					  "struct",   "union", "enum",	     NULL };

/* These say nothing of the type. */
static const char *const qualifiers[] = { "static",	"extern",	 "inline",
					  "__inline",	"__inline__",	 "const",
					  "volatile",	"__const",	 "register",
					  "_Noreturn",	"__extension__", "restrict",
					  "__restrict", "__volatile__",	 NULL };

/* Attributes by which something stays although nothing uses it, or stands for another thing. */
static const char *const keeping[] = {
	"used",	      "__used__",	"retain",  "__retain__",  "constructor", "__constructor__",
	"destructor", "__destructor__", "alias",   "__alias__",	  "ifunc",	 "__ifunc__",
	"weak",	      "__weak__",	"weakref", "__weakref__", NULL
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

static void read_mark(struct head *head, const struct token *token, const struct token *start,
		      const struct token *end)
{
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
		/* int (*f)(void), int (f)(void) */
		if (head->name
			    ? token == head->name + 1 && token + 1 < end && is_mark(&token[1], '*')
			    : token > start && is_mark(&token[-1], '*'))
			head->odd = true;
		if (head->odd && !head->paren)
			head->paren = token;
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

static int bracket(const struct token *token)
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

static void add_item(struct items *items, struct head *head, const struct token *start,
		     const struct token *end)
{
	struct item item = { .tokens = start, .n = end - start };

	if (start->kind == TOKEN_PRAGMA) {
		item.root = true;
	} else {
		if (head->odd)
			read_odd(head, end);
		item.root = !is_droppable(head);
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
static void find_items(struct items *items, const struct text *text)
{
	const struct token *token = text->tokens, *end = token + text->n_tokens;

	while (token < end) {
		const struct token *start = token;
		struct head head;

		token = start->kind == TOKEN_PRAGMA ? start + 1 : read_head(&head, start, end);
		if (!is_mark(start, ';') && !token_is(start, "_Static_assert"))
			add_item(items, &head, start, token);
	}
}

/* Which items declare a name: a hash table of lists. */
struct declaration {
	const struct token *name;
	size_t item;
	size_t next; /* 0: none */
};

struct names {
	size_t *heads;
	size_t mask;
	struct declaration *list;
	size_t n, room;
};

static void declare(struct names *names, const struct token *name, size_t item)
{
	size_t slot = name->hash & names->mask;

	if (names->n == names->room) {
		names->room *= 2;
		names->list = get_memory(names->list, names->room, sizeof(*names->list));
	}
	names->list[names->n].name = name;
	names->list[names->n].item = item;
	names->list[names->n].next = names->heads[slot];
	names->heads[slot] = names->n++;
}

/* Tags and enumerators inside of a declaration are known in the whole file. */
static void declare_inner(struct names *names, const struct item *item, size_t index)
{
	const struct token *token = item->tokens, *end = token + item->n;
	size_t depth = 0, enum_depth = 0;

	for (; token + 1 < end; token++) {
		bool tag = token_is(token, "struct") || token_is(token, "union");
		bool enumeration = token_is(token, "enum");
		int step = bracket(token);

		if ((tag || enumeration) && token[1].kind == TOKEN_NAME)
			if (token + 2 < end &&
			    (is_mark(&token[2], '{') || is_one_of(&token[1], with_parentheses)))
				declare(names, &token[1], index);
		/* Only enumerators follow a brace or a comma inside of an enum's braces. */
		if (enumeration)
			enum_depth = depth + 1;
		if ((is_mark(token, '{') || is_mark(token, ',')) && enum_depth &&
		    token[1].kind == TOKEN_NAME)
			declare(names, &token[1], index);
		if (step > 0)
			depth++;
		else if (step < 0 && depth > 0 && --depth < enum_depth && is_mark(token, '}'))
			enum_depth = 0;
	}
}

static struct names names_of(const struct items *items)
{
	struct names names = { .mask = (1 << 16) - 1, .room = 1 << 16, .n = 1 };

	names.heads = get_memory(NULL, names.mask + 1, sizeof(*names.heads));
	memset(names.heads, 0, (names.mask + 1) * sizeof(*names.heads));
	names.list = get_memory(NULL, names.room, sizeof(*names.list));
	for (size_t i = 0; i < items->n; i++) {
		const struct item *item = &items->list[i];

		if (item->root)
			continue; /* reached anyway */
		if (item->name)
			declare(&names, item->name, i);
		if (!item->function)
			declare_inner(&names, item, i);
	}
	return names;
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

static void reach_name(struct items *items, const struct names *names, struct queue *queue,
		       const struct token *name)
{
	size_t i = names->heads[name->hash & names->mask];

	for (; i; i = names->list[i].next)
		if (names->list[i].name->length == name->length &&
		    memcmp(names->list[i].name->text, name->text, name->length) == 0)
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

static void reach_implicit(struct items *items, const struct names *names, struct queue *queue)
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

static void follow(struct items *items, const struct names *names, struct queue *queue,
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
	struct items items = { 0 };
	struct queue queue = { 0 };
	struct names names;

	find_items(&items, text);
	names = names_of(&items);
	queue.list = get_memory(NULL, items.n, sizeof(*queue.list));
	for (size_t i = 0; i < items.n; i++)
		if (items.list[i].root)
			reach(&items, &queue, i);
	reach_implicit(&items, &names, &queue);
	for (size_t i = 0; i < queue.n; i++)
		follow(&items, &names, &queue, &items.list[queue.list[i]]);
	free(queue.list);
	free(names.heads);
	free(names.list);
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

/* What an item declares: of a function what stands before its body. */
struct declared {
	const struct item *item;
	size_t n;
	uint64_t hash;
};

static int by_hash(const void *a, const void *b)
{
	const struct declared *one = a, *two = b;

	return one->hash < two->hash ? -1 : one->hash > two->hash;
}

/* In order of the hashes; the caller frees it. */
static struct declared *declared_of(const struct items *items, size_t *n)
{
	struct declared *list = get_memory(NULL, items->n + 1, sizeof(*list));

	*n = 0;
	for (size_t i = 0; i < items->n; i++) {
		const struct item *item = &items->list[i];
		struct declared *declared = &list[*n];

		if (item->internal)
			continue;
		declared->item = item;
		declared->n = item->function ? (size_t)(item->body - item->tokens) : item->n;
		declared->hash = declared->n;
		for (size_t j = 0; j < declared->n; j++)
			declared->hash = declared->hash * 1099511628211u + item->tokens[j].hash;
		++*n;
	}
	qsort(list, *n, sizeof(*list), by_hash);
	return list;
}

const struct item *items_undeclared(const struct items *a, const struct items *b)
{
	size_t n_a, n_b, j = 0;
	struct declared *one = declared_of(a, &n_a), *two = declared_of(b, &n_b);
	const struct item *missing = NULL;

	for (size_t i = 0; i < n_a && !missing; i++) {
		while (j < n_b && two[j].hash < one[i].hash)
			j++;
		if (j == n_b || two[j].hash != one[i].hash || two[j].n != one[i].n ||
		    !tokens_equal(two[j].item->tokens, one[i].item->tokens, one[i].n))
			missing = one[i].item;
	}
	free(one);
	free(two);
	return missing;
}

void items_free(struct items *items)
{
	free(items->list);
	memset(items, 0, sizeof(*items));
}
