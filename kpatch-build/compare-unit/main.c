// SPDX-License-Identifier: GPL-2.0-only
/*
 * Could the object of this unit change? kbuild calls this program in place of the compiler and of
 * the preprocessor, in the patched tree, with the unit's own flags:
 *
 *   compare-unit FLAG... -o OBJECT SOURCE
 *
 * Nothing is compiled. The unit is preprocessed in both trees, and OBJECT.verdict gets one line:
 *
 *   unseen           no changed file is read
 *   same             the texts are the same
 *   unused           what differs cannot reach the object (items.h)
 *   changed NAME     it can; NAME is the first declaration that differs
 *   failed WHICH     the preprocessor fails on the original or the patched text
 *   link NAME        a changed file was read by this name, and a part of it is a link that leads
 *                    out of the tree
 *
 * and behind it a line "reads FILE" for each file of the tree that the original text is made of;
 * with KPATCH_ITEMS also a line "item NAME HOW" for each declaration or definition that differs and
 * is not used by others of these alone (changed-items.h). NAME is ? where it has none; HOW is
 *
 *   function         a function that running code of the unit uses
 *   elsewhere        one of a header, which in this unit only init code uses
 *   init             init or exit code or data, or a function of the unit's own that only these use
 *   other            something else
 *
 * With KPATCH_NAMES, which names a file, there is also a line "names DIGITS": the names that the
 * object can depend on (names.h). That file may say what the changed files declare otherwise, in
 * lines "file FILE" for each file of which this is known, and "name NAME": a unit that reads these
 * alone, and has none of the names, is "unused" without a look at the patched text. With a line
 * "macro NAME", of a macro that may have been none, each is looked at: its text does not tell all
 * words that could have been one.
 *
 * With KPATCH_RUST the text is what code in Rust knows of C (declarations.h). The verdict is then
 * "same", "unused" or "changed NAME", and after the latter come lines "by NAME", the name that Rust
 * code mentions, and "at FILE".
 *
 * Other calls, by which make rules ask for what the compiler can do, are passed on.
 *
 * Environment: KPATCH_ORIGINAL and KPATCH_PATCHED (the trees, absolute), KPATCH_CC (the compiler,
 * as kbuild would call it), KPATCH_CHANGED (a file with the changed files' names),
 * KPATCH_ADDED (not empty: files are added, which may be found before others), KPATCH_ITEMS (set
 * and not empty: list what differs), KPATCH_NAMES (see above; for gcc only), KPATCH_RUST (set and
 * not empty: a file with the names that Rust code mentions, see rust-names.h).
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kpatch-build/compare-unit/changed-items.h"
#include "kpatch-build/compare-unit/command.h"
#include "kpatch-build/compare-unit/declarations.h"
#include "kpatch-build/compare-unit/reading.h"

static void tell_item(void *data, const struct item *item, enum changed_item how)
{
	static const char *const words[] = {
		[CHANGED_FUNCTION] = "function",
		[CHANGED_ELSEWHERE] = "elsewhere",
		[CHANGED_INIT] = "init",
		[CHANGED_OTHER] = "other",
	};

	fprintf(data, "item %.*s %s\n", item->name ? (int)item->name->length : 1,
		item->name ? item->name->text : "?", words[how]);
}

static bool wants_items(void)
{
	const char *value = getenv("KPATCH_ITEMS");

	return value && *value;
}

static void tell_changed(FILE *verdict, const struct item *difference)
{
	if (difference->name)
		fprintf(verdict, "changed %.*s\n", (int)difference->name->length,
			difference->name->text);
	else
		fprintf(verdict, "changed\n");
}

/* The unit as it was. */
struct unit {
	struct text text, messages;
	struct items items;
	bool cut; /* items are there */
};

static void cut_text(struct text *text, struct items *items, const struct command *command)
{
	text_tokens(text, command->assembly ? TEXT_ASSEMBLY
			  : command->names  ? TEXT_C_MACROS
					    : TEXT_C);
	if (!command->assembly && !command->rust)
		*items = items_of(text);
}

static void cut_unit(struct unit *unit, const struct command *command)
{
	if (!unit->cut)
		cut_text(&unit->text, &unit->items, command);
	unit->cut = true;
}

static bool is_same(const struct text *a, const struct text *b)
{
	return a->n_tokens == b->n_tokens && tokens_equal(a->tokens, b->tokens, a->n_tokens);
}

static void compare_declarations(FILE *verdict, struct text *original, struct text *patched,
				 const char *rust)
{
	struct rust_names *names = rust_names_read(rust);
	struct declared_change change = { 0 };
	char file[4096] = "?";

	if (!declarations_differ(original, patched, names, &change)) {
		fprintf(verdict, "unused\n");
	} else {
		if (strlen(change.file) < sizeof(file))
			plain_path(file, change.file);
		fprintf(verdict, "changed %s\nby %s\nat %s\n", change.name, change.by,
			in_tree(file));
		declared_change_free(&change);
	}
	rust_names_free(names);
}

static void compare_items(FILE *verdict, const struct unit *unit, const struct text *patched,
			  const struct items *items)
{
	const struct item *difference = items_difference(&unit->items, items);

	if (!difference)
		fprintf(verdict, "unused\n");
	else
		tell_changed(verdict, difference);
	if (wants_items())
		changed_items(&unit->text, &unit->items, patched, items, tell_item, verdict);
}

static void compare(FILE *verdict, struct unit *unit, struct text *patched,
		    const struct command *command)
{
	struct items items = { 0 };

	cut_unit(unit, command);
	cut_text(patched, &items, command);
	if (is_same(&unit->text, patched))
		fprintf(verdict, "same\n");
	else if (command->assembly)
		fprintf(verdict, "changed\n");
	else if (command->rust)
		compare_declarations(verdict, &unit->text, patched, command->rust);
	else
		compare_items(verdict, unit, patched, &items);
	items_free(&items);
}

/* What is read by a link is not the text to judge. */
static void judge_texts(FILE *verdict, const struct command *command, struct reading *reading,
			struct unit *unit)
{
	struct text patched = { 0 }, messages = { 0 };
	bool fails;

	fails = !preprocess(&patched, &messages, environment("KPATCH_PATCHED"), command->patched);
	text_files(&patched, reads_file, reading);
	if (*reading->other)
		fprintf(verdict, "link %s\n", reading->other);
	else if (fails)
		fprintf(verdict, "failed patched\n");
	else
		compare(verdict, unit, &patched, command);
	text_free(&patched);
	text_free(&messages);
}

/* What changed has names that the object does not depend on. */
static bool is_unaffected(const struct reading *reading, const struct name_set *names)
{
	if (reading->unknown || *reading->other)
		return false;
	for (size_t i = 0; i < reading->names.n; i++)
		if (names_have(names, reading->names.list[i]))
			return false;
	return true;
}

static void judge_unit(FILE *verdict, const struct command *command, struct reading *reading,
		       struct unit *unit)
{
	struct name_set names = { 0 };

	if (command->names) {
		cut_unit(unit, command);
		names = names_of_unit(&unit->text, &unit->items, &unit->messages);
	}
	if (!reading->seen && !*environment("KPATCH_ADDED"))
		fprintf(verdict, "unseen\n");
	else if (command->names && !*environment("KPATCH_ADDED") && is_unaffected(reading, &names))
		fprintf(verdict, "unused\n");
	else
		judge_texts(verdict, command, reading, unit);
	if (command->names) {
		fprintf(verdict, "names ");
		names_write(verdict, &names);
		fprintf(verdict, "\n");
	}
	names_free(&names);
}

static void judge(FILE *verdict, const struct command *command)
{
	struct reading reading;
	struct unit unit = { 0 };

	reading_open(&reading, environment("KPATCH_CHANGED"), command->names);
	if (!preprocess(&unit.text, &unit.messages, environment("KPATCH_ORIGINAL"),
			command->original)) {
		fprintf(verdict, "failed original\n");
		return;
	}
	/* The source, which may be elsewhere than the object, is not said to be entered. */
	reads_file(&reading, command->source, strlen(command->source));
	text_files(&unit.text, reads_file, &reading);
	judge_unit(verdict, command, &reading, &unit);
	reading.verdict = verdict;
	reads_file(&reading, command->source, strlen(command->source));
	text_files(&unit.text, reads_file, &reading);
	items_free(&unit.items);
	text_free(&unit.text);
	text_free(&unit.messages);
}

int main(int argc, char **argv)
{
	struct command command = read_command(argc, argv);
	FILE *verdict;
	char *name, *part;

	if (!is_unit(&command))
		pass_on(argv);
	if (asprintf(&name, "%s.verdict", command.object) < 0 ||
	    asprintf(&part, "%s.part", name) < 0)
		err(1, "memory");
	verdict = fopen(part, "we");
	if (!verdict)
		err(1, "%s", part);
	judge(verdict, &command);
	/* It appears when it is whole: what is kept of it must not lack a file. */
	if (ferror(verdict) || fclose(verdict) != 0 || rename(part, name) != 0)
		err(1, "%s", name);
	return 0;
}
