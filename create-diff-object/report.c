// SPDX-License-Identifier: GPL-2.0-only
#include "report.h"
#include "kinds.h"
#include "util.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void finding(struct diff *diff, const char *id, const char *fmt, ...)
{
	struct findings *findings = diff->findings;
	va_list ap;
	char *text;
	size_t i;

	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) < 0)
		fatal("no-memory", "out of memory");
	va_end(ap);
	for (i = 0; i < findings->nr; i++) {
		if (!strcmp(findings->finding[i].id, id) &&
		    !strcmp(findings->finding[i].text, text)) {
			free(text);
			return;
		}
	}
	grow(findings->finding, findings->nr, findings->max);
	findings->finding[findings->nr++] = (struct finding){ id, text };
}

void print_findings(const struct diff *diff)
{
	const struct findings *findings = diff->findings;
	size_t i;

	for (i = 0; i < findings->nr; i++)
		fprintf(stderr, "create-diff-object: %s: error: %s [%s]\n", diff->patched.label,
			findings->finding[i].text, findings->finding[i].id);
}

void free_findings(struct findings *findings)
{
	size_t i;

	for (i = 0; i < findings->nr; i++)
		free(findings->finding[i].text);
	free(findings->finding);
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
}
