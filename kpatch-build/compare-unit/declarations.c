// SPDX-License-Identifier: GPL-2.0-only
/* What code in Rust knows of C. */
#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "kpatch-build/compare-unit/declarations.h"
#include "kpatch-build/compare-unit/item-names.h"
#include "kpatch-build/compare-unit/parameters.h"
#include "kpatch-build/compare-unit/words.h"

/* Of each item, beside the list of them. */
struct known {
	const char *place; /* in the text */
	size_t by; /* the item that led to this one */
	uint64_t context; /* what it depends on that stands before it */
};

struct declarations {
	const struct text *text;
	struct text directives; /* their lines, without the first mark, and cut */
	struct items items; /* the directives are the last of them */
	struct known *known;
	struct item_names names;
	size_t *queue;
	size_t n_queue;
};

/* An item as it is compared. */
struct entry {
	const struct item *item;
	size_t index;
	size_t order; /* in which it was reached */
	struct token *tokens;
	size_t n;
	uint64_t own; /* of the tokens */
	uint64_t key;
};

static uint64_t mix(uint64_t hash, uint64_t value)
{
	return (hash ^ value) * 1099511628211u;
}

static bool is_definition(const struct token *token)
{
	static const char *const words[] = { "#define ", "#undef ", NULL };

	for (const char *const *word = words; *word; word++)
		if (token->kind == TOKEN_PRAGMA && token->length > strlen(*word) &&
		    memcmp(token->text, *word, strlen(*word)) == 0)
			return true;
	return false;
}

/* They can stand anywhere, even in the middle of a structure. Returns their tokens, in order. */
static struct token *take_directives(struct text *text, size_t *n)
{
	struct token *list = get_memory(NULL, text->n_tokens, sizeof(*list));
	size_t kept = 0;

	*n = 0;
	for (size_t i = 0; i < text->n_tokens; i++)
		if (is_definition(&text->tokens[i]))
			list[(*n)++] = text->tokens[i];
		else
			text->tokens[kept++] = text->tokens[i];
	text->n_tokens = kept;
	return list;
}

static struct text cut_directives(const struct token *list, size_t n)
{
	struct text text = { 0 };

	for (size_t i = 0; i < n; i++)
		text.size += list[i].length;
	text.bytes = get_memory(NULL, text.size, 1);
	text.size = 0;
	for (size_t i = 0; i < n; i++) {
		memcpy(text.bytes + text.size, list[i].text + 1, list[i].length - 1);
		text.size += list[i].length;
		text.bytes[text.size - 1] = '\n';
	}
	text_tokens(&text, TEXT_C);
	return text;
}

static void add_directives(struct declarations *in, const struct token *list, size_t n)
{
	const struct text *text = &in->directives;
	const char *line = text->bytes;
	size_t token = 0;

	for (size_t i = 0; i < n; i++) {
		struct item *item = &in->items.list[in->items.n];
		const char *end = line + list[i].length;

		memset(item, 0, sizeof(*item));
		item->tokens = &text->tokens[token];
		for (; token < text->n_tokens && text->tokens[token].text < end; token++)
			item->n++;
		item->name = item->n > 1 ? &item->tokens[1] : NULL;
		item->directive = true;
		in->known[in->items.n++].place = list[i].text;
		line = end;
	}
}

static struct declarations declarations_of(struct text *text)
{
	struct declarations in = { .text = text };
	size_t n, room;
	struct token *list = take_directives(text, &n);

	in.items = items_cut(text);
	in.directives = cut_directives(list, n);
	room = in.items.n + n;
	in.items.list = get_memory(in.items.list, room, sizeof(*in.items.list));
	in.known = get_memory(NULL, room, sizeof(*in.known));
	memset(in.known, 0, room * sizeof(*in.known));
	for (size_t i = 0; i < in.items.n; i++)
		in.known[i].place = in.items.list[i].tokens->text;
	add_directives(&in, list, n);
	in.names = item_names_of(&in.items, true);
	in.queue = get_memory(NULL, room, sizeof(*in.queue));
	free(list);
	return in;
}

static void declarations_free(struct declarations *in)
{
	items_free(&in->items);
	item_names_free(&in->names);
	text_free(&in->directives);
	free(in->known);
	free(in->queue);
}

/* #define NAME TEXT, of which bindgen makes a constant. */
static bool is_constant(const struct item *item)
{
	const struct token *name = item->name;

	return token_is(item->tokens, "define") && name->text[name->length] != '(';
}

static bool is_root(const struct declarations *in, const struct declaration *declaration,
		    const struct rust_names *rust)
{
	const struct item *item = &in->items.list[declaration->item];

	if (item->directive)
		return is_constant(item) && rust_names_have(rust, declaration->name);
	/* struct __attribute__((...)) tag */
	if (declaration->inner)
		return is_one_of(declaration->name, with_parentheses) ||
		       rust_names_have_inner(rust, declaration->name);
	return rust_names_have(rust, declaration->name);
}

static void reach(struct declarations *in, size_t index, size_t by)
{
	struct item *item = &in->items.list[index];

	if (item->reached)
		return;
	item->reached = true;
	in->known[index].by = by;
	in->queue[in->n_queue++] = index;
}

/* A macro has taken its place in a declaration already. */
static void reach_name(struct declarations *in, const struct token *name, size_t by)
{
	bool of_macro = in->items.list[by].directive;

	for (size_t i = item_names_find(&in->names, name, 0); i;
	     i = item_names_find(&in->names, name, i)) {
		size_t index = in->names.list[i].item;

		if (of_macro || !in->items.list[index].directive)
			reach(in, index, by);
	}
}

static void reach_all(struct declarations *in, const struct rust_names *rust)
{
	for (size_t i = 1; i < in->names.n; i++)
		if (is_root(in, &in->names.list[i], rust))
			reach(in, in->names.list[i].item, in->names.list[i].item);
	/* #pragma pack */
	for (size_t i = 0; i < in->items.n; i++)
		if (in->items.list[i].directive && !in->items.list[i].name)
			reach(in, i, i);
	for (size_t i = 0; i < in->n_queue; i++) {
		const struct item *item = &in->items.list[in->queue[i]];
		size_t n = item->function ? (size_t)(item->body - item->tokens) : item->n;

		for (size_t j = 0; j < n; j++)
			if (item->tokens[j].kind == TOKEN_NAME)
				reach_name(in, &item->tokens[j], in->queue[i]);
	}
}

/* The values that macros have: each definition is remembered by what was known before it, of the
 * same name and of those in its text. */
static void note_values(struct declarations *in)
{
	uint64_t *values = get_memory(NULL, in->names.n, sizeof(*values));

	memset(values, 0, in->names.n * sizeof(*values));
	for (size_t i = 0; i < in->items.n; i++) {
		const struct item *item = &in->items.list[i];
		uint64_t hash = 14695981039346656037u;

		if (!item->directive || !item->name)
			continue;
		for (size_t j = 0; j < item->n; j++) {
			const struct token *token = &item->tokens[j];

			hash = mix(hash, token->hash);
			if (token->kind == TOKEN_NAME)
				hash = mix(hash, values[item_names_find(&in->names, token, 0)]);
		}
		values[item_names_find(&in->names, item->name, 0)] = hash;
		in->known[i].context = hash;
	}
	free(values);
}

/* enum TAG before enum TAG { ... } */
static void note_early_enums(struct declarations *in)
{
	bool *used = get_memory(NULL, in->names.n, sizeof(*used));

	memset(used, 0, in->names.n * sizeof(*used));
	for (size_t i = 0; i < in->items.n; i++) {
		const struct item *item = &in->items.list[i];

		for (size_t j = 0; j + 2 < item->n && !item->directive; j++) {
			size_t name = token_is(&item->tokens[j], "enum")
					      ? item_names_find(&in->names, &item->tokens[j + 1], 0)
					      : 0;

			if (name && !is_mark(&item->tokens[j + 2], '{'))
				used[name] = true;
			else if (name && used[name])
				in->known[i].context = mix(in->known[i].context, j + 1);
		}
	}
	free(used);
}

/* struct TAG; says nothing of it. */
static bool is_forward(const struct item *item)
{
	return item->n == 3 && is_mark(&item->tokens[2], ';') &&
	       (token_is(item->tokens, "struct") || token_is(item->tokens, "union"));
}

static struct entry entry_of(const struct declarations *in, size_t index)
{
	const struct item *item = &in->items.list[index];
	struct entry entry = { .item = item, .index = index };

	entry.tokens = get_memory(NULL, item->n, sizeof(*entry.tokens));
	if (item->function || item->prototype) {
		entry.n = plain_prototype(entry.tokens, item);
	} else {
		memcpy(entry.tokens, item->tokens, item->n * sizeof(*entry.tokens));
		entry.n = item->n;
	}
	entry.own = entry.n;
	for (size_t i = 0; i < entry.n; i++)
		entry.own = mix(entry.own, entry.tokens[i].hash);
	return entry;
}

struct entries {
	struct entry *list;
	size_t n;
};

static struct entries entries_of(const struct declarations *in)
{
	struct entries entries = { 0 };

	entries.list = get_memory(NULL, in->n_queue, sizeof(*entries.list));
	for (size_t i = 0; i < in->n_queue; i++) {
		if (is_forward(&in->items.list[in->queue[i]]))
			continue;
		entries.list[entries.n] = entry_of(in, in->queue[i]);
		entries.list[entries.n++].order = i;
	}
	return entries;
}

static void entries_free(struct entries *entries)
{
	for (size_t i = 0; i < entries->n; i++)
		free(entries->list[i].tokens);
	free(entries->list);
}

static int by_key(const void *a, const void *b)
{
	const struct entry *one = a, *two = b;

	return one->key < two->key ? -1 : one->key > two->key;
}

static void sort_entries(struct entries *entries, const struct declarations *in, bool context)
{
	for (size_t i = 0; i < entries->n; i++) {
		struct entry *entry = &entries->list[i];

		entry->key = context ? mix(entry->own, in->known[entry->index].context)
				     : entry->own;
	}
	qsort(entries->list, entries->n, sizeof(*entries->list), by_key);
}

static bool has_entry(const struct entries *entries, const struct entry *wanted)
{
	size_t low = 0, high = entries->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (entries->list[middle].key < wanted->key)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < entries->n && entries->list[low].key == wanted->key; low++)
		if (entries->list[low].n == wanted->n &&
		    tokens_equal(entries->list[low].tokens, wanted->tokens, wanted->n))
			return true;
	return false;
}

/* One that the other text does not have, and that was not only reached because of another one; NULL
 * if there is none. */
static const struct entry *first_missing(const struct entries *a, const struct entries *b)
{
	const struct entry *missing = NULL;

	for (size_t i = 0; i < a->n; i++)
		if ((!missing || a->list[i].order < missing->order) && !has_entry(b, &a->list[i]))
			missing = &a->list[i];
	return missing;
}

static char *copy(const char *text, size_t length)
{
	char *result = strndup(text, length);

	if (!result)
		err(1, "memory");
	return result;
}

static char *copy_name(const struct item *item)
{
	return item->name ? copy(item->name->text, item->name->length) : copy("?", 1);
}

/* By the last line marker before a place. */
static char *file_of(const struct text *text, const char *place)
{
	for (;;) {
		const char *line = memrchr(text->bytes, '\n', place - text->bytes), *open, *close;
		const char *start = line ? line + 1 : text->bytes;

		if (place - start > 3 && memcmp(start, "# ", 2) == 0) {
			open = memchr(start, '"', place - start);
			close = open ? memchr(open + 1, '"', place - open - 1) : NULL;
			if (close)
				return copy(open + 1, close - open - 1);
		}
		if (!line)
			return copy("?", 1);
		place = line;
	}
}

static void describe(struct declared_change *change, const struct declarations *in, size_t index)
{
	size_t by = index;

	while (in->known[by].by != by)
		by = in->known[by].by;
	change->name = copy_name(&in->items.list[index]);
	change->by = copy_name(&in->items.list[by]);
	change->file = file_of(in->text, in->known[index].place);
}

/* What is in one text alone, and then what only depends on another order. */
static bool find_change(const struct declarations *a, const struct declarations *b,
			struct declared_change *change)
{
	struct entries one = entries_of(a), two = entries_of(b);
	const struct entry *missing = NULL;
	const struct declarations *in = a;

	for (int context = 0; context < 2 && !missing; context++) {
		sort_entries(&one, a, context);
		sort_entries(&two, b, context);
		in = a;
		missing = first_missing(&one, &two);
		if (!missing) {
			in = b;
			missing = first_missing(&two, &one);
		}
	}
	if (missing)
		describe(change, in, missing->index);
	entries_free(&one);
	entries_free(&two);
	return missing;
}

bool declarations_differ(struct text *original, struct text *patched, const struct rust_names *rust,
			 struct declared_change *change)
{
	struct declarations a = declarations_of(original), b = declarations_of(patched);
	bool differ;

	reach_all(&a, rust);
	reach_all(&b, rust);
	note_values(&a);
	note_values(&b);
	note_early_enums(&a);
	note_early_enums(&b);
	differ = find_change(&a, &b, change);
	declarations_free(&a);
	declarations_free(&b);
	return differ;
}

void declared_change_free(struct declared_change *change)
{
	free(change->name);
	free(change->by);
	free(change->file);
}
