/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LIB_SHIPPED_RECORDS_H
#define LIB_SHIPPED_RECORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "kmod/patch/kpatch-shipped.h"

/*
 * What a module file records of the code that it replaces. The file is input: shipped_parse()
 * checks every offset, number and nesting, and what is behind it relies on that.
 */

/* The kernel keeps the length of an alternative in a byte; other sites are an instruction. */
#define SHIPPED_SITE_MAX  255
#define SHIPPED_FORMS_MAX 32 /* of a site */
#define SHIPPED_DEPTH_MAX 8 /* sites in each other */

struct shipped_record {
	struct kpatch_shipped_record header;
	const unsigned char *data; /* all header.record_size bytes of it: the caller's */
	const char *object, *name, *function; /* in them; others' text, see printable() */
	const unsigned char *code; /* in them, header.code_size bytes; NULL where there is none */
	struct kpatch_shipped_site *sites; /* header.nr_sites, its own */
};

struct shipped_records {
	struct shipped_record *items;
	size_t count;
	const char *problem; /* what is wrong with them, or that memory is out: a constant */
	size_t problem_at; /* where that record begins */
};

/*
 * Read @size bytes at @data, the contents of a section KPATCH_SHIPPED_SECTION, which must stay as
 * long as the records. False when something is wrong with them; they are to be freed in any case.
 */
bool shipped_parse(struct shipped_records *records, const void *data, size_t size);
void shipped_free(struct shipped_records *records);

/* The record of the symbol, of which @position is counted as .sympos; NULL: there is none. */
const struct shipped_record *shipped_find(const struct shipped_records *records, const char *object,
					  const char *name, uint64_t position);

/* Number @index of the forms, or targets, of @site, a site of @record or of a form of it. */
struct kpatch_shipped_form shipped_form(const struct shipped_record *record,
					const struct kpatch_shipped_site *site, uint32_t index);
struct kpatch_shipped_target shipped_target(const struct shipped_record *record,
					    const struct kpatch_shipped_site *site, uint32_t index);

/* Number @index of the fields of @form. */
struct kpatch_shipped_site shipped_field(const struct shipped_record *record,
					 const struct kpatch_shipped_form *form, uint32_t index);

static inline const char *shipped_string(const struct shipped_record *record, uint32_t offset)
{
	return (const char *)record->data + offset;
}

#endif /* LIB_SHIPPED_RECORDS_H */
