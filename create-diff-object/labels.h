/* SPDX-License-Identifier: GPL-2.0-only */
/* Symbols by their places: which one stands at or before a place of a section. */
#ifndef LABELS_H
#define LABELS_H

#include "object.h"

struct labels {
	uint32_t *symbols; /* sorted by section and place */
	size_t nr;
};

/*
 * find_labels - sort the symbols of @obj that have a place
 *
 * All but those of sections; with @paired only those that have a twin. What has been
 * there before is not freed. Free with free_labels().
 */
void find_labels(struct labels *labels, struct object *obj, bool paired);
void free_labels(struct labels *labels);

/*
 * label_before - the last symbol of @section that is not behind @offset, or 0
 *
 * Of several at one place it is the first of the file.
 */
uint32_t label_before(const struct labels *labels, const struct object *obj, uint32_t section,
		      int64_t offset);

#endif /* LABELS_H */
