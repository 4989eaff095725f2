// SPDX-License-Identifier: GPL-2.0-only
#include "report.h"
#include "debug-info.h"
#include "kinds.h"
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

static void add_remark(struct diff *diff, struct remarks *remarks, struct remark remark,
		       const char *fmt, va_list ap)
{
	if (vasprintf(&remark.text, fmt, ap) < 0)
		fatal("no-memory", "out of memory");
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
	return diff->findings->findings.nr;
}

static const char *function_name(const struct spot *spot)
{
	const struct object *obj = spot->obj;
	const struct section *sec = &obj->sections[function_of(obj, section_index(obj, spot->sec))];
	const struct symbol *sym = covering_symbol(obj, sec);

	return sym && sym->type == STT_FUNC ? sym->name : NULL;
}

static void locate(const struct diff *diff, struct remark *remark)
{
	const struct spot *spot = &remark->spot;
	const struct inlined *outermost;
	struct origin origin;

	if (!spot->sec)
		return;
	remark->function = function_name(spot);
	if (remark->file || !find_origin(diff, spot->obj, spot->sec, spot->offset, &origin))
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
	if (!all)
		return;
	locate_all(diff, &diff->findings->warnings);
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

void print_findings(const struct diff *diff)
{
	const struct remarks *warnings = &diff->findings->warnings;
	const struct remarks *findings = &diff->findings->findings;
	size_t i;

	for (i = 0; i < warnings->nr; i++) {
		fprintf(stderr, "create-diff-object: warning: %s: ", diff->patched.label);
		print_remark(stderr, &warnings->remark[i]);
	}
	for (i = 0; i < findings->nr; i++) {
		fprintf(stderr, "create-diff-object: %s: error: ", diff->patched.label);
		print_remark(stderr, &findings->remark[i]);
	}
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

static void print_reason(const struct reason *why)
{
	printf(" (%s", why->what);
	if (why->name)
		printf(": %s", why->name);
	if (why->offset)
		printf(" at +0x%" PRIx64, why->offset);
	putchar(')');
}

static void print_removed(const struct diff *diff)
{
	const struct object *obj = &diff->orig;
	const struct symbol *sym;

	for_each_symbol (obj, sym) {
		if (sym->type == STT_FUNC && !sym->twin && sym->section &&
		    obj->sections[sym->section].kind == KIND_TEXT && !is_cold_part(sym->name))
			printf("%s: removed function: %s\n", obj->label, sym->name);
	}
}

void print_functions(const struct diff *diff, bool explain)
{
	const struct object *obj = &diff->patched;
	const struct section *sec;

	for_each_section (obj, sec) {
		const struct symbol *sym = covering_symbol(obj, sec);

		if (!sec->carried || sec->kind != KIND_TEXT || !sym || is_cold_part(sym->name))
			continue;
		printf("%s: %s function: %s", obj->label,
		       sec->status == STATUS_NEW ? "new" : "changed", sym->name);
		if (explain)
			print_reason(&sec->reason);
		putchar('\n');
	}
	print_removed(diff);
	if (explain)
		print_notes(diff);
}
