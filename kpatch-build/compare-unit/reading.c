// SPDX-License-Identifier: GPL-2.0-only
/* The files that a text is made of, and what is known of the changed ones among them. */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "kpatch-build/compare-unit/command.h"
#include "kpatch-build/compare-unit/reading.h"

static bool files_have(const struct files *files, const char *name)
{
	for (size_t i = 0; i < files->n; i++)
		if (strcmp(files->list[i], name) == 0)
			return true;
	return false;
}

static void files_add(struct files *files, const char *name)
{
	if (files->n == files->room) {
		files->room = files->room ? 2 * files->room : 64;
		files->list = get_memory(files->list, files->room, sizeof(*files->list));
	}
	files->list[files->n] = strdup(name);
	if (!files->list[files->n++])
		err(1, "memory");
}

static void read_lines(const char *name, void (*fn)(void *data, const char *line), void *data)
{
	FILE *file = fopen(name, "re");
	char *line = NULL;
	size_t room = 0;

	if (!file)
		err(1, "%s", name);
	while (getline(&line, &room, file) > 0) {
		line[strcspn(line, "\n")] = '\0';
		fn(data, line);
	}
	free(line);
	fclose(file);
}

static void add_file(void *data, const char *line)
{
	files_add(data, line);
}

static void add_changed_name(void *data, const char *line)
{
	struct reading *reading = data;

	if (strncmp(line, "file ", 5) == 0)
		files_add(&reading->known, line + 5);
	else if (strncmp(line, "name ", 5) == 0)
		names_add(&reading->names, line + 5, strlen(line + 5));
	else if (strncmp(line, "macro ", 6) == 0)
		reading->unknown = true;
}

void plain_path(char *plain, const char *path)
{
	char *to = plain;

	if (*path == '/')
		*to++ = '/';
	while (*path) {
		size_t n = strcspn(path, "/");

		if (n == 2 && path[0] == '.' && path[1] == '.' && to > plain) {
			for (to--; to > plain && to[-1] != '/'; to--)
				;
		} else if (n > 0 && !(n == 1 && *path == '.')) {
			memcpy(to, path, n);
			to += n;
			*to++ = '/';
		}
		path += n;
		path += strspn(path, "/");
	}
	if (to > plain + 1 && to[-1] == '/')
		to--;
	*to = '\0';
}

static bool same_file(const char *a, const char *b)
{
	struct stat one, two;

	return stat(a, &one) == 0 && stat(b, &two) == 0 && one.st_ino == two.st_ino &&
	       one.st_dev == two.st_dev;
}

static const char *below(const char *name, const char *tree)
{
	size_t n = strlen(tree);

	return strncmp(name, tree, n) == 0 && name[n] == '/' ? name + n + 1 : name;
}

const char *in_tree(const char *name)
{
	return below(below(name, environment("KPATCH_ORIGINAL")), environment("KPATCH_PATCHED"));
}

void reads_file(void *data, const char *name, size_t length)
{
	struct reading *reading = data;
	char path[4096], absolute[4096 + 1];
	const char *plain;

	if (length == 0 || length >= sizeof(path) || name[0] == '<')
		return;
	memcpy(path, name, length);
	path[length] = '\0';
	plain_path(absolute, path);
	plain = in_tree(absolute);
	if (reading->verdict && plain[0] != '/')
		fprintf(reading->verdict, "reads %s\n", plain);
	if (!files_have(&reading->changed, plain))
		return;
	reading->seen = true;
	reading->unknown |= !files_have(&reading->known, plain);
	/* a/../b.h: a may be a link out of this tree */
	if (strstr(path, "..") && !same_file(path, absolute))
		memcpy(reading->other, in_tree(path), strlen(in_tree(path)) + 1);
}

void reading_open(struct reading *reading, const char *changed, const char *names)
{
	memset(reading, 0, sizeof(*reading));
	read_lines(changed, add_file, &reading->changed);
	if (names)
		read_lines(names, add_changed_name, reading);
}
