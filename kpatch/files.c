// SPDX-License-Identifier: GPL-2.0-only
/* Small files of sysfs and procfs, and lists of names. */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kpatch/cleanup.h"
#include "kpatch/files.h"
#include "kpatch/message.h"

void names_add(struct names *names, const char *name)
{
	char **items = reallocarray(names->items, names->count + 1, sizeof(*items));
	char *copy = strdup(name);

	if (!items || !copy)
		out_of_memory();
	names->items = items;
	names->items[names->count++] = copy;
}

bool names_has(const struct names *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++)
		if (strcmp(names->items[i], name) == 0)
			return true;
	return false;
}

void names_free(struct names *names)
{
	for (size_t i = 0; i < names->count; i++)
		free(names->items[i]);
	free(names->items);
	*names = (struct names){ 0 };
}

static char *vprint_string(const char *format, va_list args)
{
	char *text;

	if (vasprintf(&text, format, args) < 0)
		out_of_memory();
	return text;
}

char *print_string(const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = vprint_string(format, args);
	va_end(args);
	return text;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

struct names directory_names(const char *format, ...)
{
	struct names names = { 0 };
	_cleanup_closedir_ DIR *dir = NULL;
	_cleanup_free_ char *path = NULL;
	const struct dirent *entry;
	va_list args;

	va_start(args, format);
	path = vprint_string(format, args);
	va_end(args);

	dir = opendir(path);
	while (dir && (entry = readdir(dir)))
		if (entry->d_name[0] != '.')
			names_add(&names, entry->d_name);
	if (names.count)
		qsort(names.items, names.count, sizeof(*names.items), compare_names);
	return names;
}

bool path_exists(const char *format, ...)
{
	_cleanup_free_ char *path = NULL;
	va_list args;

	va_start(args, format);
	path = vprint_string(format, args);
	va_end(args);
	return access(path, F_OK) == 0;
}

/* Such files tell no size beforehand, and some must be read to their end. */
static char *read_all(int fd, size_t *size)
{
	size_t room = 4096, used = 0;
	char *text = malloc(room);
	ssize_t got;

	if (!text)
		out_of_memory();
	while ((got = read(fd, text + used, room - used - 1)) > 0) {
		used += got;
		if (used + 1 < room)
			continue;
		text = reallocarray(text, 2, room);
		if (!text)
			out_of_memory();
		room *= 2;
	}
	if (got < 0) {
		free(text);
		return NULL;
	}
	text[used] = '\0';
	if (size)
		*size = used;
	return text;
}

char *read_file(const char *path, size_t *size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char *text;
	int saved;

	if (fd < 0)
		return NULL;
	text = read_all(fd, size);
	saved = errno;
	close(fd);
	errno = saved;
	return text;
}

char *read_line(const char *format, ...)
{
	_cleanup_free_ char *path = NULL;
	va_list args;
	char *text;

	va_start(args, format);
	path = vprint_string(format, args);
	va_end(args);

	text = read_file(path, NULL);
	if (text)
		text[strcspn(text, "\n")] = '\0';
	return text;
}

int write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	int err = 0;

	if (fd < 0)
		return -errno;
	if (write(fd, text, strlen(text)) < 0)
		err = -errno;
	close(fd);
	return err;
}
