/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef PROVE_OBJECT_H
#define PROVE_OBJECT_H

#include "object.h"
#include "wanted.h"

/* An object of the original source by itself, and the proof of its functions. */
struct lone_object {
	struct diff diff; /* .orig, .parent and .proof, which is there */
	struct wanted wanted;
};

/*
 * prove_object - load @path and compare its functions with the code of @parent, a file of @name
 *
 * Ends the program where one of them cannot be read. Free with free_lone_object().
 */
void prove_object(struct lone_object *object, const char *path, const char *parent,
		  const char *name);
void free_lone_object(struct lone_object *object);

#endif /* PROVE_OBJECT_H */
