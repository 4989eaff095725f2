// SPDX-License-Identifier: GPL-2.0-only
#include "report.h"
#include "debug-info.h"
#include "explain.h"
#include "inlined-copies.h"
#include "proof.h"
#include "users.h"
#include "util.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static bool is_first(struct findings *findings, const char *id, const char *text)
{
	char *key = xasprintf("%s\t%s", id, text);
	uint32_t *seen = names_value(&findings->seen, key);

	if (*seen) {
		free(key);
		return false;
	}
	*seen = 1;
	grow(findings->keys, findings->nr_keys, findings->max_keys);
	findings->keys[findings->nr_keys++] = key;
	return true;
}

/* A message is one line, whatever the names in it. */
static void clean(char *text)
{
	for (; *text; text++) {
		if (*text >= 0 && *text < ' ')
			*text = ' ';
	}
}

static void add_remark(struct diff *diff, struct remarks *remarks, struct remark remark,
		       const char *fmt, va_list ap)
{
	if (vasprintf(&remark.text, fmt, ap) < 0)
		fatal("no-memory", "out of memory");
	clean(remark.text);
	if (!is_first(diff->findings, remark.id, remark.text)) {
		free(remark.text);
		free(remark.file);
		return;
	}
	grow(remarks->remark, remarks->nr, remarks->max);
	remarks->remark[remarks->nr++] = remark;
}

void finding(struct diff *diff, const char *id, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_remark(diff, &diff->findings->findings, (struct remark){ .id = id }, fmt, ap);
	va_end(ap);
}

void finding_at(struct diff *diff, const char *id, struct spot spot, const char *advice,
		const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_remark(diff, &diff->findings->findings,
		   (struct remark){ .id = id, .spot = spot, .advice = advice }, fmt, ap);
	va_end(ap);
}

void finding_in(struct diff *diff, const char *id, const char *file, uint64_t line,
		const char *advice, const char *fmt, ...)
{
	struct remark remark = { .id = id, .advice = advice, .line = line };
	va_list ap;

	if (*file)
		remark.file = xasprintf("%s", file);
	va_start(ap, fmt);
	add_remark(diff, &diff->findings->findings, remark, fmt, ap);
	va_end(ap);
}

void warning_in(struct diff *diff, const char *id, const char *file, uint64_t line,
		const char *advice, const char *fmt, ...)
{
	struct remark remark = { .id = id, .advice = advice, .line = line };
	va_list ap;

	if (*file)
		remark.file = xasprintf("%s", file);
	va_start(ap, fmt);
	add_remark(diff, &diff->findings->warnings, remark, fmt, ap);
	va_end(ap);
}

void note_in(struct diff *diff, const char *id, const char *file, uint64_t line, const char *fmt,
	     ...)
{
	struct remark remark = { .id = id, .line = line };
	va_list ap;

	if (*file)
		remark.file = xasprintf("%s", file);
	va_start(ap, fmt);
	add_remark(diff, &diff->findings->notes, remark, fmt, ap);
	va_end(ap);
}

void note(struct diff *diff, const char *id, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_remark(diff, &diff->findings->notes, (struct remark){ .id = id }, fmt, ap);
	va_end(ap);
}

void note_at(struct diff *diff, const char *id, struct spot spot, const char *advice,
	     const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_remark(diff, &diff->findings->notes,
		   (struct remark){ .id = id, .spot = spot, .advice = advice }, fmt, ap);
	va_end(ap);
}

void warning(struct diff *diff, const char *id, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_remark(diff, &diff->findings->warnings, (struct remark){ .id = id }, fmt, ap);
	va_end(ap);
}

void warning_at(struct diff *diff, const char *id, struct spot spot, const char *advice,
		const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_remark(diff, &diff->findings->warnings,
		   (struct remark){ .id = id, .spot = spot, .advice = advice }, fmt, ap);
	va_end(ap);
}

struct spot spot_at(const struct diff *diff, const struct section *sec, uint64_t offset)
{
	return (struct spot){ &diff->patched, sec, offset };
}

struct spot spot_of(const struct diff *diff, const struct section *sec)
{
	return (struct spot){ &diff->patched, sec, entry_offset(&diff->patched, sec) };
}

struct spot spot_in_orig(const struct diff *diff, const struct section *sec)
{
	return (struct spot){ &diff->orig, sec, entry_offset(&diff->orig, sec) };
}

bool is_refused(const struct diff *diff)
{
	return diff->findings && diff->findings->findings.nr;
}

static const char *function_name(const struct spot *spot)
{
	const struct object *obj = spot->obj;
	const struct section *sec = &obj->sections[function_of(obj, section_index(obj, spot->sec))];
	const struct symbol *sym = covering_symbol(obj, sec);

	return sym && sym->type == STT_FUNC ? sym->name : NULL;
}

/* What a row of a table leads to: the first that the debug information knows. */
static bool find_target_origin(const struct diff *diff, const struct spot *spot,
			       struct origin *origin)
{
	const struct section *target;
	const struct rela *rela;

	for_each_rela (spot->sec, rela) {
		target = &spot->obj->sections[rela->target];
		if (rela->target && target->kind != KIND_STRINGS &&
		    find_origin(diff, spot->obj, target, entry_offset(spot->obj, target), origin))
			return true;
	}
	return false;
}

/* Code that uses what has no name in the source: a compound literal, a constant of assembly. */
static bool find_user_origin(const struct diff *diff, const struct spot *spot,
			     struct origin *origin)
{
	struct object *obj = (struct object *)spot->obj;
	size_t nr, i;
	const struct user *users = find_users(obj, section_index(obj, spot->sec), &nr);

	for (i = 0; i < nr; i++) {
		const struct section *sec = &obj->sections[users[i].section];

		if (find_origin(diff, obj, sec, sec->relas[users[i].rela].offset, origin))
			return true;
	}
	return false;
}

static void locate(const struct diff *diff, struct remark *remark)
{
	const struct spot *spot = &remark->spot;
	const struct inlined *outermost;
	struct origin origin;

	if (!spot->sec)
		return;
	remark->function = function_name(spot);
	if (remark->file ||
	    (!find_origin(diff, spot->obj, spot->sec, spot->offset, &origin) &&
	     !find_target_origin(diff, spot, &origin) && !find_user_origin(diff, spot, &origin)))
		return;
	if (origin.file) {
		remark->file = xasprintf("%s", origin.file);
		remark->line = origin.line;
	}
	outermost = &origin.inlined[origin.nr_inlined ? origin.nr_inlined - 1 : 0];
	if (origin.nr_inlined && outermost->call_file)
		remark->via = xasprintf("%s:%" PRIu64, outermost->call_file, outermost->call_line);
	free_origin(&origin);
}

static void locate_all(const struct diff *diff, struct remarks *remarks)
{
	size_t i;

	for (i = 0; i < remarks->nr; i++)
		locate(diff, &remarks->remark[i]);
}

void locate_findings(struct diff *diff, bool all)
{
	locate_all(diff, &diff->findings->findings);
	locate_all(diff, &diff->findings->warnings);
	if (all)
		locate_all(diff, &diff->findings->notes);
}

static void print_remark(FILE *out, const struct remark *remark)
{
	bool named = !remark->function || strstr(remark->text, remark->function);

	fputs(remark->text, out);
	if (!named || remark->file)
		fprintf(out, " (%s%s%s", named ? "" : "in ", named ? "" : remark->function,
			!named && remark->file ? ", " : "");
	if (remark->file)
		fprintf(out, "%s:%" PRIu64, remark->file, remark->line);
	if (remark->via)
		fprintf(out, ", inlined at %s", remark->via);
	if (!named || remark->file)
		fputc(')', out);
	if (remark->advice)
		fprintf(out, "; %s", remark->advice);
	fprintf(out, " [%s]\n", remark->id);
}

static void print_warning(const struct diff *diff, const struct remark *remark)
{
	fprintf(stderr, "create-diff-object: warning: %s: ", diff->patched.label);
	print_remark(stderr, remark);
}

void print_findings(const struct diff *diff)
{
	const struct remarks *warnings = &diff->findings->warnings;
	const struct remarks *findings = &diff->findings->findings;
	size_t i;

	fflush(stdout); /* both may go to one file, where lines shall stay lines */
	for (i = 0; i < warnings->nr; i++)
		print_warning(diff, &warnings->remark[i]);
	for (i = 0; i < findings->nr; i++) {
		fprintf(stderr, "create-diff-object: %s: error: ", diff->patched.label);
		print_remark(stderr, &findings->remark[i]);
	}
}

/* What is told of a patch that changes nothing that could be replaced. */
static bool is_about_init(const struct remark *remark)
{
	return !strcmp(remark->id, "only-init-code") || !strcmp(remark->id, "init-code-inlined");
}

static size_t print_about_init(const struct diff *diff, const struct remarks *remarks,
			       const char *how, FILE *out)
{
	size_t i, nr = 0;

	for (i = 0; i < remarks->nr; i++) {
		if (!is_about_init(&remarks->remark[i]))
			continue;
		nr++;
		if (!out)
			continue;
		fprintf(out, "create-diff-object: %s%s: ", how, diff->patched.label);
		print_remark(out, &remarks->remark[i]);
	}
	return nr;
}

static size_t tell_about_init(const struct diff *diff, FILE *out)
{
	return print_about_init(diff, &diff->findings->warnings, "warning: ", out) +
	       print_about_init(diff, &diff->findings->notes, "", out);
}

const char *why_unchanged(const struct diff *diff)
{
	return tell_about_init(diff, NULL) ? "init-only" : "unchanged";
}

/* Perhaps nothing changed only since the patch asks for that. */
static void tell_ignored(const struct diff *diff)
{
	const struct remarks *warnings = &diff->findings->warnings;
	size_t i;

	for (i = 0; i < warnings->nr; i++) {
		if (has_suffix(warnings->remark[i].id, "-ignored"))
			print_warning(diff, &warnings->remark[i]);
	}
}

void print_unchanged(const struct diff *diff)
{
	tell_ignored(diff);
	if (!tell_about_init(diff, stderr))
		fprintf(stderr, "create-diff-object: %s: nothing changed [nothing-changed]\n",
			diff->patched.label);
}

static void print_notes(const struct diff *diff)
{
	const struct remarks *notes = &diff->findings->notes;
	size_t i;

	for (i = 0; i < notes->nr; i++) {
		printf("%s: note: ", diff->patched.label);
		print_remark(stdout, &notes->remark[i]);
	}
}

static void free_remarks(struct remarks *remarks)
{
	size_t i;

	for (i = 0; i < remarks->nr; i++) {
		free(remarks->remark[i].text);
		free(remarks->remark[i].file);
		free(remarks->remark[i].via);
	}
	free(remarks->remark);
}

void free_findings(struct findings *findings)
{
	size_t i;

	free_remarks(&findings->findings);
	free_remarks(&findings->notes);
	free_remarks(&findings->warnings);
	names_free(&findings->seen);
	for (i = 0; i < findings->nr_keys; i++)
		free(findings->keys[i]);
	free(findings->keys);
}

static bool is_function(const struct item *item)
{
	return !strcmp(item->kind, "function");
}

static bool is_entries(const struct item *item)
{
	return !strcmp(item->kind, "table entries");
}

/* All table entries of a function on one line. Returns how many items that were. */
static size_t print_entries(const struct diff *diff, const struct items *items, size_t first)
{
	const struct item *item = &items->item[first];
	size_t i = first;

	printf("%s: table entries of %s:", diff->patched.label, item->owner);
	do {
		printf("%s %zu of %s", i == first ? "" : ",", items->item[i].count,
		       items->item[i].name);
		i++;
	} while (i < items->nr && is_entries(&items->item[i]) &&
		 !strcmp(items->item[i].owner, item->owner));
	putchar('\n');
	return i - first;
}

static void print_item(const struct diff *diff, const struct item *item, bool explain)
{
	char *why = explain ? explanation_text(diff, &item->why) : NULL;

	printf("%s: ", diff->patched.label);
	if (item->status)
		printf("%s ", item->status);
	printf("%s: %s", item->kind, item->name);
	if (why)
		printf(" (%s)", why);
	putchar('\n');
	free(why);
}

static void print_removed(void *ctx, const char *name)
{
	const struct diff *diff = ctx;

	printf("%s: removed function: %s\n", diff->orig.label, name);
}

static void print_proven(void *ctx, const char *name, bool proven)
{
	const struct diff *diff = ctx;

	if (proven)
		printf("%s: proven function: %s\n", diff->patched.label, name);
}

static void print_copies(const struct diff *diff)
{
	size_t i, j;

	for (i = 0; diff->inlined && i < diff->inlined->nr; i++) {
		const struct inlined_function *function = &diff->inlined->list[i];

		for (j = 0; j < function->nr_copies; j++)
			printf("%s: %s() of %s: inlined into %s (%s)\n", diff->patched.label,
			       function->name, function->file, function->copies[j].name,
			       copy_state_text(function->copies[j].state));
	}
}

void print_items(struct diff *diff, const struct items *items, bool explain)
{
	size_t i = 0;

	while (i < items->nr) {
		if (explain && is_entries(&items->item[i]))
			i += print_entries(diff, items, i);
		else if (explain || is_function(&items->item[i]))
			print_item(diff, &items->item[i++], explain);
		else
			i++;
	}
	each_removed(diff, print_removed, diff);
	if (!explain)
		return;
	print_copies(diff);
	each_replaced(diff, print_proven, diff);
	print_notes(diff);
}
