// SPDX-License-Identifier: GPL-2.0-only
/* Is the code that a patch replaces, in memory, the code that it was made for? */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kpatch/cleanup.h"
#include "kpatch/compare.h"
#include "kpatch/files.h"
#include "kpatch/message.h"
#include "kpatch/verify.h"
#include "lib/elf-section.h"
#include "lib/replaced-functions.h"

/* What one call has found. */
struct verification {
	const struct modfile *file;
	struct shipped_records records;
	struct running running;
	enum verify_detail detail;
	struct json_object *entry;
	struct names not_loaded; /* modules */
	size_t same;
	enum status status; /* the first that is not good */
};

static void verification_free(struct verification *verification)
{
	shipped_free(&verification->records);
	running_close(&verification->running);
	names_free(&verification->not_loaded);
}

static void fail(struct verification *verification, enum status status)
{
	if (verification->status == STATUS_OK)
		verification->status = status;
}

static enum status no_record(const struct modfile *file, const char *of)
{
	error("no-shipped-code",
	      "%s: it does not record the shipped code of %s, so that nothing can be compared "
	      "(made "
	      "by another tool or an old kpatch-build): build it again, or leave out the "
	      "verification",
	      file->path, of);
	return STATUS_REFUSED;
}

static enum status bad_record(const struct modfile *file, const char *what, const char *problem)
{
	error("bad-record", "%s: its %s: %s: copy or build it again", file->path, what, problem);
	return STATUS_USAGE;
}

/* A function without a record would go in unseen. */
static enum status check_functions(const struct modfile *file,
				   const struct shipped_records *records)
{
	_cleanup_(replaced_free) struct replaced_functions functions;

	if (!replaced_read(&functions, file->elf))
		return bad_record(file, "list of replaced functions is damaged", functions.problem);
	for (size_t i = 0; i < functions.count; i++) {
		const struct replaced_function *function = &functions.items[i];
		_cleanup_free_ char *shown = printable_copy(function->name);

		if (!shipped_find(records, function->object, function->name, function->position))
			return no_record(file, shown);
	}
	return STATUS_OK;
}

static enum status check_proven(const struct modfile *file, const struct shipped_records *records)
{
	for (size_t i = 0; i < records->count; i++) {
		_cleanup_free_ char *shown = printable_copy(records->items[i].name);

		if (records->items[i].header.flags & KPATCH_SHIPPED_PROVEN)
			continue;
		error("not-proven",
		      "%s: %s was not compared with the shipped kernel when the patch was made "
		      "(--no-proof), so that nobody knows what should be in memory: build it again "
		      "with the proof",
		      file->path, shown);
		return STATUS_REFUSED;
	}
	return STATUS_OK;
}

/* Callbacks only, as an old kpatch-build made such modules as well. */
static bool replaces_nothing(const struct modfile *file)
{
	_cleanup_(replaced_free) struct replaced_functions functions;

	return replaced_read(&functions, file->elf) && functions.listed && functions.count == 0;
}

static enum status read_records(const struct modfile *file, struct shipped_records *records)
{
	Elf_Data *data = elf_section_bytes(file->elf, KPATCH_SHIPPED_SECTION);
	_cleanup_free_ char *where = NULL;
	enum status status;

	if (!data && replaces_nothing(file))
		return STATUS_OK;
	if (!data)
		return no_record(file, "its functions");
	if (!shipped_parse(records, data->d_buf, data->d_size)) {
		where = print_string("record of shipped code is damaged at byte 0x%zx",
				     records->problem_at);
		return bad_record(file, where, records->problem);
	}
	status = check_functions(file, records);
	return status == STATUS_OK ? check_proven(file, records) : status;
}

static char *hexadecimal(const unsigned char *bytes, size_t count)
{
	char *text = malloc(3 * count + 1), *end = text;

	if (!text)
		out_of_memory();
	*end = '\0';
	for (size_t i = 0; i < count; i++)
		end += sprintf(end, i ? " %02x" : "%02x", bytes[i]);
	return text;
}

/* The name as a user can look it up; the caller frees it. */
static char *shown_name(const struct shipped_record *record)
{
	_cleanup_free_ char *name = printable_copy(record->name);
	_cleanup_free_ char *object = printable_copy(record->object);

	return print_string("%s: %s", object, name);
}

static struct json_object *new_function(const struct verification *verification,
					const struct shipped_record *record, const char *result)
{
	struct json_object *function = json_element(verification->entry, "verified");
	_cleanup_free_ char *position = print_string("%" PRIu32, record->header.sympos);

	json_text(function, "object", record->object);
	json_text(function, "name", record->name);
	json_number(function, "position", position);
	json_text(function, "result", result);
	return function;
}

static void json_difference(struct json_object *function, const struct compared *compared,
			    const char *expected, const char *seen)
{
	_cleanup_free_ char *offset = print_string("%" PRIu32, compared->offset);

	json_number(function, "offset", offset);
	json_text(function, "expected", expected);
	json_text(function, "seen", seen);
}

static const char *hint(const struct verification *verification, const struct compared *compared)
{
	if (compared->seen[0] != 0xcc)
		return "";
	return verification->running.probes.known ? " (a breakpoint, and no kprobe is listed "
						    "there: a debugger's?)"
						  : " (a breakpoint: of a kprobe? That is known "
						    "where debugfs is mounted on "
						    "/sys/kernel/debug)";
}

static void tell_different(struct verification *verification, const struct shipped_record *record,
			   const struct compared *compared)
{
	_cleanup_free_ char *name = shown_name(record);
	_cleanup_free_ char *expected = hexadecimal(compared->expected, compared->length);
	_cleanup_free_ char *seen = hexadecimal(compared->seen, compared->length);

	error("memory-differs",
	      "%s: %s+0x%" PRIx32 " in memory is not the shipped code: expected %s, seen %s%s: "
	      "something has changed this kernel's code; do not patch it before you know what",
	      verification->file->path, name, compared->offset, expected, seen,
	      hint(verification, compared));
	json_difference(new_function(verification, record, "different"), compared, expected, seen);
	fail(verification, STATUS_REFUSED);
}

static void tell_same(struct verification *verification, const struct shipped_record *record,
		      const struct compared *compared)
{
	_cleanup_free_ char *name = shown_name(record);
	_cleanup_free_ char *changed = print_string("%" PRIu32, compared->changed);
	struct json_object *function = new_function(verification, record, "same");

	json_number(function, "changed_places", changed);
	verification->same++;
	if (verification->detail == VERIFY_SUMMARY)
		return;
	tell("%s: as shipped, %" PRIu32 " bytes, %s of %" PRIu32 " places changed by the kernel",
	     name, record->header.code_size, changed, record->header.nr_sites);
}

static void tell_unreadable(struct verification *verification, const struct shipped_record *record)
{
	_cleanup_free_ char *name = shown_name(record);

	error("memory-unreadable", "%s: %s: its memory cannot be read: %s",
	      verification->file->path, name, strerror(errno));
	new_function(verification, record, "unreadable");
	fail(verification, STATUS_ENVIRONMENT);
}

static void tell_unknown(struct verification *verification, const struct shipped_record *record,
			 const char *problem)
{
	_cleanup_free_ char *name = shown_name(record);
	_cleanup_free_ char *shown = printable_copy(problem);

	error("symbol-missing", "%s: %s cannot be compared: %s", verification->file->path, name,
	      shown);
	new_function(verification, record, "unknown");
	fail(verification, STATUS_REFUSED);
}

static void tell_not_loaded(struct verification *verification, const struct shipped_record *record)
{
	_cleanup_free_ char *object = printable_copy(record->object);

	new_function(verification, record, "not-loaded");
	if (names_has(&verification->not_loaded, record->object))
		return;
	names_add(&verification->not_loaded, record->object);
	note("%s: the module %s is not loaded: its functions are not in memory and were not "
	     "compared",
	     verification->file->path, object);
}

static void verify_record(struct verification *verification, const struct shipped_record *record)
{
	struct running *running = &verification->running;
	struct compared compared = { .problem = NULL };
	uint64_t address;

	if (!running_has_object(running, record->object)) {
		tell_not_loaded(verification, record);
		return;
	}
	if (running_find(running, record, &address, &compared.problem))
		compared = compare_record(running, record, address);
	else
		compared.result = COMPARED_UNKNOWN;
	switch (compared.result) {
	case COMPARED_SAME:
		tell_same(verification, record, &compared);
		break;
	case COMPARED_DIFFERENT:
		tell_different(verification, record, &compared);
		break;
	case COMPARED_UNREADABLE:
		tell_unreadable(verification, record);
		break;
	case COMPARED_UNKNOWN:
		tell_unknown(verification, record, compared.problem);
		break;
	}
	free(compared.problem);
}

enum status verify_module(const struct modfile *file, const struct running_files *files,
			  enum verify_detail detail, struct json_object *entry)
{
	_cleanup_(verification_free) struct verification verification = {
		.file = file,
		.running = { .kcore = { .fd = -1 } },
		.detail = detail,
		.entry = entry,
	};

	json_array(entry, "verified");
	verification.status = read_records(file, &verification.records);
	if (verification.status != STATUS_OK)
		return verification.status;
	if (verification.records.count == 0) {
		tell("%s: it replaces nothing: there is no code to compare", file->path);
		return STATUS_OK;
	}
	if (!running_open(&verification.running, files, &verification.records))
		return STATUS_ENVIRONMENT;
	for (size_t i = 0; i < verification.records.count; i++)
		verify_record(&verification, &verification.records.items[i]);
	if (verification.status == STATUS_OK)
		tell("%s: %zu of %zu pieces of code in memory are as shipped", file->path,
		     verification.same, verification.records.count);
	return verification.status;
}
