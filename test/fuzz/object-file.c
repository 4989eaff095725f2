// SPDX-License-Identifier: GPL-2.0-only
/*
 * In the place of create-diff-object/object-file.c: every piece of the file is a block of
 * memory of its own, so that the sanitizer sees where it ends.
 */
#include "create-diff-object/object-file.h"
#include "create-diff-object/util.h"
#include "program.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

void map_file(struct object *obj, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	uint8_t *file;

	if (fd < 0 || fstat(fd, &st) || !st.st_size)
		fatal("cannot-open", "%s cannot be read", path);
	file = program_malloc((size_t)st.st_size);
	if (!file || read(fd, file, (size_t)st.st_size) != st.st_size)
		fatal("cannot-open", "%s cannot be read", path);
	close(fd);
	obj->file = file;
	obj->file_size = (uint64_t)st.st_size;
}

void unmap_file(struct object *obj)
{
	program_free((void *)obj->file);
}

void forget_file(const struct object *obj)
{
}

const uint8_t *file_bytes(struct object *obj, uint64_t offset, uint64_t size)
{
	void *bytes;

	if (offset > obj->file_size || size > obj->file_size - offset)
		return NULL;
	bytes = program_malloc(size);
	if (!bytes)
		fatal("no-memory", "out of memory");
	return memcpy(bytes, obj->file + offset, size);
}
