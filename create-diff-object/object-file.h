/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The bytes of an object's file, mapped as long as the object is used: names, code and data
 * point into them.
 */
#ifndef OBJECT_FILE_H
#define OBJECT_FILE_H

#include "object.h"

/* map_file - exits with EXIT_ERROR where @path is no file that can be read. */
void map_file(struct object *obj, const char *path);
void unmap_file(struct object *obj);

/*
 * forget_file - give back the memory that reading the file has taken
 *
 * Headers, symbols and relocations, half of an object, are not read again. What is read comes
 * back from the page cache.
 */
void forget_file(const struct object *obj);

/* file_bytes - the @size bytes at @offset of the file, NULL when it has not so many. */
const uint8_t *file_bytes(struct object *obj, uint64_t offset, uint64_t size);

#endif /* OBJECT_FILE_H */
