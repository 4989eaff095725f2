// SPDX-License-Identifier: GPL-2.0-only
#include "bundle.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MAX_LINE 160

/* The numbers of the first line; returns where the files begin, or 0. */
static size_t read_sizes(struct bundle *bundle, const uint8_t *data, size_t size)
{
	char line[MAX_LINE + 1], *s = line, *end;
	const uint8_t *newline = memchr(data, '\n', size < MAX_LINE ? size : MAX_LINE);

	if (!newline)
		return 0;
	memcpy(line, data, (size_t)(newline - data));
	line[newline - data] = '\0';
	bundle->flags = (unsigned int)strtoul(s, &s, 10);
	for (bundle->nr = 0; bundle->nr < MAX_MEMBERS; bundle->nr++) {
		bundle->member[bundle->nr].size = strtoul(s, &end, 10);
		if (end == s)
			break;
		s = end;
	}
	return (size_t)(newline - data) + 1;
}

bool bundle_read(struct bundle *bundle, const uint8_t *data, size_t size)
{
	size_t i, at = read_sizes(bundle, data, size);

	if (!at || bundle->nr != target_members)
		return false;
	for (i = 0; i < bundle->nr; i++) {
		if (bundle->member[i].size > size - at)
			return false;
		bundle->member[i].data = data + at;
		at += bundle->member[i].size;
	}
	return true;
}

size_t bundle_write(const struct bundle *bundle, uint8_t *data, size_t max)
{
	char line[MAX_LINE];
	size_t i, at = (size_t)sprintf(line, "%u", bundle->flags), size;

	for (i = 0; i < bundle->nr; i++)
		at += (size_t)sprintf(line + at, " %zu", bundle->member[i].size);
	line[at++] = '\n';
	for (i = 0, size = at; i < bundle->nr; i++)
		size += bundle->member[i].size;
	if (size > max)
		return 0;
	memcpy(data, line, at);
	for (i = 0; i < bundle->nr; i++) {
		memcpy(data + at, bundle->member[i].data, bundle->member[i].size);
		at += bundle->member[i].size;
	}
	return size;
}

void bundle_paths(const struct bundle *bundle, char *paths[MAX_MEMBERS])
{
	static int fds[MAX_MEMBERS];
	static char names[MAX_MEMBERS][32];
	size_t i;

	for (i = 0; i < bundle->nr; i++) {
		const struct member *m = &bundle->member[i];

		if (!fds[i]) {
			fds[i] = memfd_create("fuzz", MFD_CLOEXEC);
			sprintf(names[i], "/proc/self/fd/%d", fds[i]);
		}
		if (fds[i] < 0 || ftruncate(fds[i], 0) ||
		    pwrite(fds[i], m->data, m->size, 0) != (ssize_t)m->size)
			abort();
		paths[i] = names[i];
	}
}

const char *bundle_output(void)
{
	static char path[PATH_MAX];
	const char *dir = getenv("TMPDIR");

	if (!*path)
		snprintf(path, sizeof(path), "%s/kpatch-fuzz-%d", dir ? dir : "/tmp",
			 (int)getpid());
	return path;
}
