// SPDX-License-Identifier: GPL-2.0-only
/* Lists of replaced functions. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kpatch/cleanup.h"
#include "kpatch/functions.h"
#include "kpatch/message.h"

void functions_add(struct functions *functions, const char *object, const char *name,
		   uint64_t position)
{
	struct function *items =
		reallocarray(functions->items, functions->count + 1, sizeof(*items));
	struct function function = { strdup(object), strdup(name), position };

	if (!items || !function.object || !function.name)
		out_of_memory();
	functions->items = items;
	functions->items[functions->count++] = function;
}

bool functions_has(const struct functions *functions, const char *name)
{
	for (size_t i = 0; i < functions->count; i++)
		if (strcmp(functions->items[i].name, name) == 0)
			return true;
	return false;
}

void functions_free(struct functions *functions)
{
	for (size_t i = 0; i < functions->count; i++) {
		free(functions->items[i].object);
		free(functions->items[i].name);
	}
	free(functions->items);
	*functions = (struct functions){ 0 };
}

/* vmlinux first, it is always there; modules follow by name. */
static int compare_objects(const struct function *a, const struct function *b)
{
	int by_kind = (strcmp(b->object, "vmlinux") == 0) - (strcmp(a->object, "vmlinux") == 0);

	return by_kind ? by_kind : strcmp(a->object, b->object);
}

static int compare(const void *first, const void *second)
{
	const struct function *a = first, *b = second;
	int order = compare_objects(a, b);

	if (order == 0)
		order = strcmp(a->name, b->name);
	if (order == 0)
		order = (a->position > b->position) - (a->position < b->position);
	return order;
}

static void print_one(const struct function *function)
{
	_cleanup_free_ char *name = printable_copy(function->name);

	fputs(name, stdout);
	/* 0: the only one of its name. 1 needs no number to be understood as the first. */
	if (function->position > 1)
		printf(" (number %" PRIu64 " of that name)", function->position);
}

void functions_print(struct functions *functions, const char *indent)
{
	const char *object = NULL;

	if (functions->count)
		qsort(functions->items, functions->count, sizeof(*functions->items), compare);
	for (size_t i = 0; i < functions->count; i++) {
		const struct function *function = &functions->items[i];

		if (object && strcmp(object, function->object) == 0) {
			fputs(", ", stdout);
		} else {
			_cleanup_free_ char *shown = printable_copy(function->object);

			printf("%s%s%s: ", object ? "\n" : "", indent, shown);
			object = function->object;
		}
		print_one(function);
	}
	if (object)
		putchar('\n');
}
