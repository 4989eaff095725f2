// SPDX-License-Identifier: GPL-2.0-only
/* Reading the records of shipped code (kmod/patch/kpatch-shipped.h) out of a module file. */
#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "lib/shipped-records.h"

static const char out_of_memory[] = "memory is out";

/* Structures may stand at any address in the file. */
#define FETCH(record, type, offset)                                       \
	({                                                                \
		type value_;                                              \
		memcpy(&value_, (record)->data + (offset), sizeof(type)); \
		value_;                                                   \
	})

struct kpatch_shipped_form shipped_form(const struct shipped_record *record,
					const struct kpatch_shipped_site *site, uint32_t index)
{
	return FETCH(record, struct kpatch_shipped_form,
		     site->data + index * sizeof(struct kpatch_shipped_form));
}

struct kpatch_shipped_target shipped_target(const struct shipped_record *record,
					    const struct kpatch_shipped_site *site, uint32_t index)
{
	return FETCH(record, struct kpatch_shipped_target,
		     site->data + index * sizeof(struct kpatch_shipped_target));
}

struct kpatch_shipped_site shipped_field(const struct shipped_record *record,
					 const struct kpatch_shipped_form *form, uint32_t index)
{
	return FETCH(record, struct kpatch_shipped_site,
		     form->fields + index * sizeof(struct kpatch_shipped_site));
}

/* @count things of @size bytes lie in the record, behind its header. */
static bool is_inside(const struct shipped_record *record, uint64_t offset, uint64_t count,
		      uint64_t size)
{
	if (count == 0)
		return true;
	return offset >= sizeof(record->header) && offset <= record->header.record_size &&
	       count <= (record->header.record_size - offset) / size;
}

static bool is_text(const struct shipped_record *record, uint32_t offset)
{
	return is_inside(record, offset, 1, 1) && record->data[offset] != '\0' &&
	       memchr(record->data + offset, '\0', record->header.record_size - offset);
}

static uint64_t relocation_width(uint32_t type)
{
	switch (type) {
	case R_X86_64_64:
	case R_X86_64_PC64:
		return 8;
	case R_X86_64_32:
	case R_X86_64_32S:
	case R_X86_64_PC32:
	case R_X86_64_PLT32:
		return 4;
	}
	return 0;
}

static const char *check_targets(const struct shipped_record *record,
				 const struct kpatch_shipped_site *site)
{
	if (site->nr == 0 || site->nr > SHIPPED_FORMS_MAX ||
	    !is_inside(record, site->data, site->nr, sizeof(struct kpatch_shipped_target)))
		return "the targets of a field are not in it";
	for (uint32_t i = 0; i < site->nr; i++) {
		struct kpatch_shipped_target target = shipped_target(record, site, i);

		if (site->length == 0 || relocation_width(target.type) != site->length)
			return "a field has a relocation of another size, or an unknown one";
		if (target.section > 1 || !is_text(record, target.name))
			return "a target has no name";
	}
	return NULL;
}

static bool has_forms(unsigned int kind)
{
	return kind == KPATCH_SITE_JUMP_LABEL || kind == KPATCH_SITE_ALTERNATIVE;
}

/* Bytes that a site of that kind can have, but for relocated fields. */
static bool is_length(const struct kpatch_shipped_site *site)
{
	unsigned int length = site->length;

	switch (site->kind) {
	case KPATCH_SITE_ADDRESS:
		return length == 4 || length == 8;
	case KPATCH_SITE_DISTANCE:
	case KPATCH_SITE_ENDBR:
		return length == 4;
	case KPATCH_SITE_FTRACE:
	case KPATCH_SITE_CALL:
	case KPATCH_SITE_JUMP:
		return length == 5;
	case KPATCH_SITE_JUMP_LABEL:
		return length == 2 || length == 5;
	case KPATCH_SITE_STATIC_CALL:
		return length == 5 || length == 6;
	case KPATCH_SITE_ALTERNATIVE:
	case KPATCH_SITE_NOPS:
		return length >= 1 && length <= SHIPPED_SITE_MAX;
	case KPATCH_SITE_LOCK:
		return length == 1;
	case KPATCH_SITE_CONSTANT:
		return length == 1 || length == 4 || length == 8;
	case KPATCH_SITE_PARAVIRT:
		return length >= 5 && length <= SHIPPED_SITE_MAX;
	case KPATCH_SITE_RETPOLINE:
		return length >= 5 && length <= 15 && site->value < 16;
	case KPATCH_SITE_RETURN:
		return length >= 1 && length <= 15;
	}
	return site->kind == KPATCH_SITE_RELOCATION;
}

/* Of a site in the code, or of one in a form: @size bytes of that. */
static const char *check_site(const struct shipped_record *record,
			      const struct kpatch_shipped_site *site, uint64_t size)
{
	if (site->kind < KPATCH_SITE_ADDRESS || site->kind > KPATCH_SITE_JUMP)
		return "it has a kind of place that this version of kpatch does not know; a newer "
		       "kpatch-build has made it";
	if (site->offset > size || site->length > size - site->offset)
		return "a place is not in the code";
	if (!is_length(site))
		return "a place has a length that its kind cannot have";
	return site->kind == KPATCH_SITE_RELOCATION ? check_targets(record, site) : NULL;
}

static const char *check_fields(const struct shipped_record *record,
				const struct kpatch_shipped_form *form)
{
	const char *problem = NULL;

	if (form->nr_fields > form->length ||
	    !is_inside(record, form->fields, form->nr_fields, sizeof(struct kpatch_shipped_site)))
		return "the fields of a form are not in it";
	for (uint32_t i = 0; !problem && i < form->nr_fields; i++) {
		struct kpatch_shipped_site field = shipped_field(record, form, i);

		if (has_forms(field.kind))
			return "a form has forms itself";
		problem = check_site(record, &field, form->length);
	}
	return problem;
}

static const char *check_forms(const struct shipped_record *record,
			       const struct kpatch_shipped_site *site)
{
	const char *problem = NULL;

	if (site->nr > SHIPPED_FORMS_MAX ||
	    !is_inside(record, site->data, site->nr, sizeof(struct kpatch_shipped_form)))
		return "the forms of a place are not in it";
	for (uint32_t i = 0; !problem && i < site->nr; i++) {
		struct kpatch_shipped_form form = shipped_form(record, site, i);

		if (form.length > site->length || !is_inside(record, form.bytes, form.length, 1))
			return "a form is longer than its place, or not in it";
		problem = check_fields(record, &form);
	}
	return problem;
}

/* Those that are open at a site: it lies in all of them, or behind. */
struct open_sites {
	uint64_t ends[SHIPPED_DEPTH_MAX];
	unsigned int count;
};

static const char *check_nesting(struct open_sites *open, const struct kpatch_shipped_site *site,
				 uint32_t last_offset)
{
	uint64_t end = (uint64_t)site->offset + site->length;

	if (site->offset < last_offset)
		return "its places are not in order";
	while (open->count && open->ends[open->count - 1] <= site->offset)
		open->count--;
	if (open->count == SHIPPED_DEPTH_MAX)
		return "too many places lie in each other";
	/* Of two that begin at one place, either may come first. */
	open->ends[open->count++] = end;
	return NULL;
}

static const char *check_sites(struct shipped_record *record)
{
	struct open_sites open = { .count = 0 };
	uint32_t last_offset = 0;
	const char *problem = NULL;

	for (uint32_t i = 0; !problem && i < record->header.nr_sites; i++) {
		const struct kpatch_shipped_site *site = &record->sites[i];

		problem = check_site(record, site, record->header.code_size);
		if (!problem && has_forms(site->kind))
			problem = check_forms(record, site);
		if (!problem)
			problem = check_nesting(&open, site, last_offset);
		last_offset = site->offset;
	}
	return problem;
}

static const char *read_sites(struct shipped_record *record)
{
	uint32_t count = record->header.nr_sites;

	if (!is_inside(record, record->header.sites, count, sizeof(*record->sites)))
		return "the list of its places is not in it";
	if (count == 0)
		return NULL;
	record->sites = calloc(count, sizeof(*record->sites));
	if (!record->sites)
		return out_of_memory;
	memcpy(record->sites, record->data + record->header.sites, count * sizeof(*record->sites));
	return check_sites(record);
}

static const char *read_code(struct shipped_record *record)
{
	if (record->header.code_size == 0 ||
	    !is_inside(record, record->header.code, record->header.code_size, 1))
		return "the code is not in it";
	record->code = record->data + record->header.code;
	return read_sites(record);
}

static const char *read_record(struct shipped_record *record, const unsigned char *data,
			       size_t size)
{
	struct kpatch_shipped_record *header = &record->header;

	if (size < sizeof(*header))
		return "it is cut off";
	memcpy(header, data, sizeof(*header));
	record->data = data;
	if (header->magic != KPATCH_SHIPPED_MAGIC)
		return "it does not begin as a record does";
	if (header->version != KPATCH_SHIPPED_VERSION)
		return "it has a version that this kpatch does not know";
	if (header->record_size < sizeof(*header) || header->record_size > size ||
	    header->record_size % 8 != 0)
		return "it has a size that it cannot have";
	if (!is_text(record, header->object) || !is_text(record, header->name) ||
	    !is_text(record, header->function))
		return "it does not tell its function";
	record->object = shipped_string(record, header->object);
	record->name = shipped_string(record, header->name);
	record->function = shipped_string(record, header->function);
	return header->flags & KPATCH_SHIPPED_PROVEN ? read_code(record) : NULL;
}

static struct shipped_record *new_record(struct shipped_records *records)
{
	struct shipped_record *items =
		reallocarray(records->items, records->count + 1, sizeof(*items));

	if (!items)
		return NULL;
	records->items = items;
	items[records->count] = (struct shipped_record){ .data = NULL };
	return &items[records->count++];
}

bool shipped_parse(struct shipped_records *records, const void *data, size_t size)
{
	*records = (struct shipped_records){ .items = NULL };
	for (size_t at = 0; at < size;) {
		struct shipped_record *record = new_record(records);

		records->problem =
			record ? read_record(record, (const unsigned char *)data + at, size - at)
			       : out_of_memory;
		records->problem_at = at;
		if (records->problem)
			return false;
		at += record->header.record_size;
	}
	return true;
}

void shipped_free(struct shipped_records *records)
{
	for (size_t i = 0; i < records->count; i++)
		free(records->items[i].sites);
	free(records->items);
	*records = (struct shipped_records){ .items = NULL };
}

const struct shipped_record *shipped_find(const struct shipped_records *records, const char *object,
					  const char *name, uint64_t position)
{
	for (size_t i = 0; i < records->count; i++) {
		const struct shipped_record *record = &records->items[i];

		if (strcmp(record->object, object) == 0 && strcmp(record->name, name) == 0 &&
		    record->header.sympos == position)
			return record;
	}
	return NULL;
}
