// SPDX-License-Identifier: GPL-2.0-only
/* The running kernel's symbols. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kpatch/cleanup.h"
#include "kpatch/kallsyms.h"
#include "kpatch/message.h"

static int compare_texts(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int compare_symbols(const void *first, const void *second)
{
	const struct kallsym *a = first, *b = second;
	int by_name = strcmp(a->name, b->name);

	return by_name ? by_name : (a->order > b->order) - (a->order < b->order);
}

/* The first one of that name, or where it would be. */
static size_t first_named(const struct kallsyms *symbols, const char *name)
{
	size_t low = 0, high = symbols->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(symbols->items[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool is_named(const struct kallsyms *symbols, size_t index, const char *name)
{
	return index < symbols->count && strcmp(symbols->items[index].name, name) == 0;
}

static bool is_thunk(const char *name)
{
	static const char start[] = "__x86_indirect_", end[] = "return_thunk";
	size_t length = strlen(name), end_length = sizeof(end) - 1;

	return strncmp(name, start, sizeof(start) - 1) == 0 ||
	       (length >= end_length && strcmp(name + length - end_length, end) == 0);
}

static void add(struct kallsyms *symbols, uint64_t address, char type, const char *name,
		const char *object)
{
	struct kallsym *items = symbols->items;
	size_t count = symbols->count;

	/* Room for twice as many whenever the number is a power of two. */
	if ((count & (count - 1)) == 0)
		items = reallocarray(items, count ? 2 * count : 1, sizeof(*items));
	if (!items)
		out_of_memory();
	symbols->items = items;
	items[count] = (struct kallsym){ address, count, strdup(name), strdup(object),
					 isupper((unsigned char)type) };
	if (!items[count].name || !items[count].object)
		out_of_memory();
	symbols->count++;
}

/* "ffffffff81000000 T _text", "ffffffffc0000000 t init	[module]" */
static void read_symbol(struct kallsyms *symbols, char *line, const struct names *sorted)
{
	char *end, *name, *object;
	uint64_t address = strtoull(line, &end, 16);
	char type;

	if (end == line || end[0] != ' ' || !end[1] || end[2] != ' ')
		return;
	symbols->hidden = symbols->hidden && address == 0;
	type = end[1];
	name = end + 3;
	object = name + strcspn(name, "\t\n");
	if (*object == '\t' && object[1] == '[')
		object[1 + strcspn(object + 1, "]\n")] = '\0';
	else
		object = NULL;
	name[strcspn(name, "\t\n")] = '\0';
	if (!is_thunk(name) &&
	    !bsearch(&name, sorted->items, sorted->count, sizeof(*sorted->items), compare_texts))
		return;
	add(symbols, address, type, name, object ? object + 2 : "vmlinux");
}

static bool read_lines(struct kallsyms *symbols, FILE *file, const struct names *sorted)
{
	_cleanup_free_ char *line = NULL;
	size_t size = 0;

	symbols->hidden = true;
	while (getline(&line, &size, file) > 0)
		read_symbol(symbols, line, sorted);
	return !ferror(file);
}

bool kallsyms_read(struct kallsyms *symbols, const char *path, const struct names *wanted)
{
	_cleanup_(names_free) struct names sorted = { 0 };
	FILE *file = fopen(path, "re");
	bool done;
	int err;

	*symbols = (struct kallsyms){ .items = NULL };
	if (!file)
		return false;
	for (size_t i = 0; i < wanted->count; i++)
		names_add(&sorted, wanted->items[i]);
	if (sorted.count)
		qsort(sorted.items, sorted.count, sizeof(*sorted.items), compare_texts);
	done = read_lines(symbols, file, &sorted);
	err = errno;
	fclose(file);
	if (symbols->count)
		qsort(symbols->items, symbols->count, sizeof(*symbols->items), compare_symbols);
	errno = err;
	return done;
}

void kallsyms_free(struct kallsyms *symbols)
{
	for (size_t i = 0; i < symbols->count; i++) {
		free(symbols->items[i].name);
		free(symbols->items[i].object);
	}
	free(symbols->items);
	*symbols = (struct kallsyms){ .items = NULL };
}

enum kallsyms_answer kallsyms_find(const struct kallsyms *symbols, const char *object,
				   const char *name, uint64_t position, uint64_t *address)
{
	uint64_t seen = 0;

	for (size_t i = first_named(symbols, name); is_named(symbols, i, name); i++) {
		const struct kallsym *symbol = &symbols->items[i];

		if (strcmp(symbol->object, object) != 0)
			continue;
		seen++;
		if (position == 0 && seen > 1)
			return KALLSYMS_SEVERAL;
		if (position == 0 || seen == position)
			*address = symbol->address;
		if (position && seen == position)
			return KALLSYMS_FOUND;
	}
	return position == 0 && seen == 1 ? KALLSYMS_FOUND : KALLSYMS_NONE;
}

/* One address of all symbols of that name that are global, or all that are modules'. */
static enum kallsyms_answer find_single(const struct kallsyms *symbols, const char *object,
					const char *name, bool global, uint64_t *address)
{
	size_t seen = 0;

	for (size_t i = first_named(symbols, name); is_named(symbols, i, name); i++) {
		const struct kallsym *symbol = &symbols->items[i];

		if (strcmp(symbol->object, object) == 0 ||
		    (global ? !symbol->global : strcmp(symbol->object, "vmlinux") == 0))
			continue;
		if (seen++ && symbol->address != *address)
			return KALLSYMS_SEVERAL;
		*address = symbol->address;
	}
	return seen ? KALLSYMS_FOUND : KALLSYMS_NONE;
}

enum kallsyms_answer kallsyms_find_exported(const struct kallsyms *symbols, const char *object,
					    const char *name, uint64_t *address)
{
	enum kallsyms_answer answer = find_single(symbols, object, name, true, address);

	return answer == KALLSYMS_NONE ? find_single(symbols, object, name, false, address)
				       : answer;
}

const char *kallsyms_thunk_at(const struct kallsyms *symbols, uint64_t address)
{
	for (size_t i = 0; i < symbols->count; i++)
		if (symbols->items[i].address == address && is_thunk(symbols->items[i].name))
			return symbols->items[i].name;
	return NULL;
}
