// SPDX-License-Identifier: GPL-2.0-only
/* The object that --json prints. */
#include <json-c/json.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kpatch/json.h"
#include "kpatch/message.h"

#define SCHEMA_VERSION 1

/* One a process, as standard output is: messages of all places go into it. */
static struct json_object *whole;

static struct json_object *checked(struct json_object *object)
{
	if (!object)
		out_of_memory();
	return object;
}

static void add(struct json_object *object, const char *key, struct json_object *value)
{
	if (json_object_object_add(object, key, value) != 0)
		out_of_memory();
}

/* The array at @key, made when it is not there. */
static struct json_object *array_at(struct json_object *object, const char *key)
{
	struct json_object *array;

	if (json_object_object_get_ex(object, key, &array))
		return array;
	array = checked(json_object_new_array());
	add(object, key, array);
	return array;
}

static struct json_object *new_element(struct json_object *array)
{
	struct json_object *element = checked(json_object_new_object());

	if (json_object_array_add(array, element) != 0)
		out_of_memory();
	return element;
}

/* Bytes that follow the first one of a character, -1 when none can begin with it (RFC 3629). */
static int bytes_after(unsigned char first)
{
	if (first < 0x80)
		return 0;
	if (first >= 0xc2 && first < 0xe0)
		return 1;
	if (first >= 0xe0 && first < 0xf0)
		return 2;
	if (first >= 0xf0 && first < 0xf5)
		return 3;
	return -1;
}

/* Too long forms, surrogates and what is beyond U+10FFFF show in the second byte. */
static bool second_is_good(unsigned char first, unsigned char second)
{
	switch (first) {
	case 0xe0:
		return second >= 0xa0;
	case 0xed:
		return second < 0xa0;
	case 0xf0:
		return second >= 0x90;
	case 0xf4:
		return second < 0x90;
	}
	return true;
}

/* The length of the character at @text, 0 when it is none. */
static size_t character_length(const char *text)
{
	const unsigned char *bytes = (const unsigned char *)text;
	int after = bytes_after(bytes[0]);

	/* The NUL byte at the end is no such byte either. */
	for (int i = 1; i <= after; i++)
		if ((bytes[i] & 0xc0) != 0x80)
			return 0;
	if (after < 0 || (after > 0 && !second_is_good(bytes[0], bytes[1])))
		return 0;
	return after + 1;
}

static struct json_object *new_text(const char *text)
{
	struct json_object *object;
	char *copy = strdup(text);

	if (!copy)
		out_of_memory();
	for (char *c = copy; *c;) {
		size_t length = character_length(c);

		if (length == 0)
			*c = '?';
		c += length ? length : 1;
	}
	object = checked(json_object_new_string(copy));
	free(copy);
	return object;
}

void json_start(const char *command)
{
	whole = checked(json_object_new_object());
	add(whole, "version", checked(json_object_new_int(SCHEMA_VERSION)));
	json_text(whole, "kpatch", KPATCH_VERSION);
	json_text(whole, "command", command);
	/* Its place in the output: before what comes of the subcommand. */
	add(whole, "exit_status", checked(json_object_new_int(0)));
	array_at(whole, "messages");
	array_at(whole, "patches");
}

void json_stop(void)
{
	json_object_put(whole);
	whole = NULL;
}

bool json_is_on(void)
{
	return whole != NULL;
}

void json_finish(int status)
{
	if (!whole)
		return;
	add(whole, "exit_status", checked(json_object_new_int(status)));
	puts(json_object_to_json_string_ext(whole, JSON_C_TO_STRING_PRETTY |
							   JSON_C_TO_STRING_NOSLASHESCAPE));
	json_stop();
}

void json_message(const char *kind, const char *id, const char *text)
{
	struct json_object *message;

	if (!whole)
		return;
	message = new_element(array_at(whole, "messages"));
	json_text(message, "kind", kind);
	json_text(message, "id", id);
	json_text(message, "text", text);
}

struct json_object *json_new_patch(const char *name, const char *backend)
{
	struct json_object *patch = whole ? new_element(array_at(whole, "patches")) : NULL;

	json_text(patch, "name", name);
	json_text(patch, "backend", backend);
	return patch;
}

struct json_object *json_new_file(const char *path)
{
	struct json_object *file = whole ? new_element(array_at(whole, "files")) : NULL;

	json_text(file, "path", path);
	return file;
}

void json_text(struct json_object *object, const char *key, const char *text)
{
	if (object && text)
		add(object, key, new_text(text));
}

void json_flag(struct json_object *object, const char *key, bool value)
{
	if (object)
		add(object, key, checked(json_object_new_boolean(value)));
}

static void add_number(struct json_object *object, const char *key, uint64_t value)
{
	add(object, key, checked(json_object_new_int64((int64_t)value)));
}

void json_number(struct json_object *object, const char *key, const char *digits)
{
	char *end;
	uint64_t value = digits ? strtoull(digits, &end, 10) : 0;

	if (object && digits && end != digits && *end == '\0')
		add_number(object, key, value);
}

void json_array(struct json_object *object, const char *key)
{
	if (object)
		array_at(object, key);
}

void json_append(struct json_object *object, const char *key, const char *text)
{
	if (object && json_object_array_add(array_at(object, key), new_text(text)) != 0)
		out_of_memory();
}

void json_functions(struct json_object *object, const struct functions *functions)
{
	struct json_object *array = object ? array_at(object, "functions") : NULL;

	for (size_t i = 0; array && i < functions->count; i++) {
		struct json_object *function = new_element(array);

		json_text(function, "object", functions->items[i].object);
		json_text(function, "name", functions->items[i].name);
		/* 0: the only one of its name, or not known. */
		add_number(function, "position", functions->items[i].position);
	}
}

void json_blockers(struct json_object *object, const char *key, const struct blockers *blockers)
{
	struct json_object *array = object ? array_at(object, key) : NULL;

	for (size_t i = 0; array && i < blockers->count; i++) {
		const struct blocker *blocker = &blockers->items[i];
		struct json_object *task = new_element(array);

		json_number(task, "pid", blocker->pid);
		json_text(task, "command", blocker->command);
		json_text(task, "function", blocker->function);
		json_text(task, "text", blocker->place);
	}
}

struct json_object *json_element(struct json_object *object, const char *key)
{
	return object ? new_element(array_at(object, key)) : NULL;
}

struct json_object *json_child(struct json_object *object, const char *key)
{
	struct json_object *child = object ? checked(json_object_new_object()) : NULL;

	if (child)
		add(object, key, child);
	return child;
}
