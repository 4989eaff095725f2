// SPDX-License-Identifier: GPL-2.0-only
#include "object-file.h"
#include "util.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

void map_file(struct object *obj, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	void *map;

	if (fd < 0 || fstat(fd, &st))
		fatal("cannot-open", "%s: %s", path, strerror(errno));
	if (!S_ISREG(st.st_mode) || !st.st_size)
		fatal("not-elf", "%s is %s; give the object files of the two compiles", path,
		      st.st_size ? "not a file" : "empty");
	map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (map == MAP_FAILED)
		fatal("cannot-open", "%s: %s", path, strerror(errno));
	close(fd);
	obj->file = map;
	obj->file_size = (uint64_t)st.st_size;
}

void unmap_file(struct object *obj)
{
	munmap((void *)obj->file, obj->file_size);
}

void forget_file(const struct object *obj)
{
	madvise((void *)obj->file, obj->file_size, MADV_DONTNEED);
}

const uint8_t *file_bytes(struct object *obj, uint64_t offset, uint64_t size)
{
	if (offset > obj->file_size || size > obj->file_size - offset)
		return NULL;
	return obj->file + offset;
}
