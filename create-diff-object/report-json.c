// SPDX-License-Identifier: GPL-2.0-only
#include "report-json.h"
#include "inlined-copies.h"
#include "proof.h"
#include "util.h"

#include <errno.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Raised when something that was there is called or meant otherwise. */
#define FORMAT_VERSION 1

static void add(struct json_object *to, const char *key, struct json_object *value)
{
	if (!value || json_object_object_add(to, key, value))
		fatal("no-memory", "out of memory");
}

static void append(struct json_object *to, struct json_object *value)
{
	if (!value || json_object_array_add(to, value))
		fatal("no-memory", "out of memory");
}

static struct json_object *new_array(struct json_object *to, const char *key)
{
	struct json_object *array = json_object_new_array();

	add(to, key, array);
	return array;
}

/* JSON is Unicode; names in a damaged object may be anything. */
static struct json_object *ascii(const char *text)
{
	char *copy = xasprintf("%s", text), *c;
	struct json_object *value;

	for (c = copy; *c; c++) {
		if ((unsigned char)*c >= 0x80)
			*c = '?';
	}
	value = json_object_new_string(copy);
	free(copy);
	return value;
}

/* What is not known is left out. */
static void add_text(struct json_object *to, const char *key, const char *text)
{
	if (text)
		add(to, key, ascii(text));
}

static void add_number(struct json_object *to, const char *key, uint64_t number)
{
	add(to, key, json_object_new_uint64(number));
}

static void add_place(struct json_object *to, const char *file, uint64_t line)
{
	if (!file)
		return;
	add_text(to, "file", file);
	add_number(to, "line", line);
}

static void add_inlined(struct json_object *to, const struct origin *origin)
{
	struct json_object *array, *entry, *call;
	size_t i;

	if (!origin->nr_inlined)
		return;
	array = new_array(to, "inlined");
	for (i = 0; i < origin->nr_inlined; i++) {
		const struct inlined *in = &origin->inlined[i];

		entry = json_object_new_object();
		append(array, entry);
		add_text(entry, "function", in->name);
		add_place(entry, in->file, in->line);
		if (!in->call_file)
			continue;
		call = json_object_new_object();
		add(entry, "called_at", call);
		add_place(call, in->call_file, in->call_line);
	}
}

static void add_reason(const struct diff *diff, struct json_object *to,
		       const struct explanation *why)
{
	struct json_object *reason = json_object_new_object();
	char *text = explanation_text(diff, why);

	add(to, "reason", reason);
	add_text(reason, "text", text);
	add_text(reason, "what", why->what);
	add_text(reason, "cause", why->cause);
	add_text(reason, "before", why->before);
	add_text(reason, "after", why->after);
	if (why->placed) {
		add_text(reason, "in", section_label(&diff->patched, why->sec));
		add_number(reason, "offset", why->offset - entry_offset(&diff->patched, why->sec));
		add_place(reason, why->origin.file, why->origin.line);
		add_inlined(reason, &why->origin);
	}
	free(text);
}

static void add_item(const struct diff *diff, struct json_object *array, const struct item *item)
{
	struct json_object *entry = json_object_new_object();
	bool is_function = !strcmp(item->kind, "function");

	append(array, entry);
	if (!is_function)
		add_text(entry, "kind", item->kind);
	add_text(entry, "name", item->name);
	add_text(entry, "status", item->status);
	add_text(entry, is_function ? "part_of" : "function", item->owner);
	if (!is_function)
		add_number(entry, "count", item->count);
	add_number(entry, "size", item->size);
	add_reason(diff, entry, &item->why);
}

static void add_items(const struct diff *diff, struct json_object *to, const struct items *items)
{
	struct json_object *functions = new_array(to, "functions"), *others = new_array(to, "item"
											    "s");
	size_t i;

	for (i = 0; i < items->nr; i++)
		add_item(diff, strcmp(items->item[i].kind, "function") ? others : functions,
			 &items->item[i]);
}

static void add_removed(void *array, const char *name)
{
	append(array, ascii(name));
}

static void add_remarks(struct json_object *to, const char *key, const struct remarks *remarks)
{
	struct json_object *array = new_array(to, key), *entry;
	size_t i;

	for (i = 0; i < remarks->nr; i++) {
		const struct remark *remark = &remarks->remark[i];

		entry = json_object_new_object();
		append(array, entry);
		add_text(entry, "id", remark->id);
		add_text(entry, "function", remark->function);
		add_place(entry, remark->file, remark->line);
		add_text(entry, "inlined_at", remark->via);
		add_text(entry, "text", remark->text);
		add_text(entry, "advice", remark->advice);
	}
}

static void add_copies(const struct diff *diff, struct json_object *to)
{
	struct json_object *array = new_array(to, "inlined"), *entry, *copies, *copy;
	size_t i, j;

	for (i = 0; diff->inlined && i < diff->inlined->nr; i++) {
		const struct inlined_function *function = &diff->inlined->list[i];

		entry = json_object_new_object();
		append(array, entry);
		add_text(entry, "function", function->name);
		add_text(entry, "file", function->file);
		copies = new_array(entry, "copies");
		for (j = 0; j < function->nr_copies; j++) {
			copy = json_object_new_object();
			append(copies, copy);
			add_text(copy, "in", function->copies[j].name);
			add_text(copy, "state", copy_state_text(function->copies[j].state));
		}
	}
}

static const char *verdict(const struct diff *diff, int status)
{
	switch (status) {
	case EXIT_WRITTEN:
		return "written";
	case EXIT_UNCHANGED:
		return why_unchanged(diff);
	default:
		return "refused";
	}
}

struct proof_lists {
	struct json_object *proven, *unproven;
};

static void add_proof(void *ctx, const char *name, bool proven)
{
	struct proof_lists *lists = ctx;

	append(proven ? lists->proven : lists->unproven, ascii(name));
}

static struct json_object *make_report(const struct diff *diff, const struct items *items,
				       int status)
{
	struct json_object *report = json_object_new_object();
	struct proof_lists lists;

	add_number(report, "version", FORMAT_VERSION);
	add_text(report, "file", diff->patched.label);
	add_text(report, "object", diff->parent_name);
	add_text(report, "verdict", verdict(diff, status));
	add_number(report, "exit_status", (uint64_t)status);
	add_items(diff, report, items);
	each_removed(diff, add_removed, new_array(report, "removed"));
	lists.proven = new_array(report, "proven");
	lists.unproven = new_array(report, "unproven");
	each_replaced(diff, add_proof, &lists);
	add_copies(diff, report);
	add_remarks(report, "findings", &diff->findings->findings);
	add_remarks(report, "warnings", &diff->findings->warnings);
	add_remarks(report, "notes", &diff->findings->notes);
	return report;
}

/* Readable for whom the user's umask lets read it, as fopen() would have it. */
static bool write_file(int fd, const char *text)
{
	mode_t mask = umask(0);
	FILE *out;
	bool ok;

	umask(mask);
	ok = !fchmod(fd, 0666 & ~mask);
	out = fdopen(fd, "w");
	ok = out && fprintf(out, "%s\n", text) > 0 && ok;
	return out && !fclose(out) && ok;
}

static int replace_file(const char *path, const char *text, char **error)
{
	char *temporary = xasprintf("%s.XXXXXX", path);
	int fd = mkstemp(temporary), ret = 0;

	if (fd < 0 || !write_file(fd, text) || rename(temporary, path)) {
		*error = xasprintf("%s: %s", path, strerror(errno));
		ret = -1;
		if (fd >= 0)
			unlink(temporary);
	}
	free(temporary);
	return ret;
}

int write_json(const struct diff *diff, const struct items *items, int status, const char *path,
	       char **error)
{
	struct json_object *report;
	const char *text;
	int ret;

	*error = no_file_to_replace(path);
	if (*error)
		return -1;
	report = make_report(diff, items, status);
	text = json_object_to_json_string_ext(report, JSON_C_TO_STRING_PRETTY |
							      JSON_C_TO_STRING_NOSLASHESCAPE);
	if (!text)
		fatal("no-memory", "out of memory");
	ret = replace_file(path, text, error);
	json_object_put(report);
	return ret;
}
