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
 * alone, and has none of the names, is "unused" without a look at the patched text.
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
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kpatch-build/compare-unit/changed-items.h"
#include "kpatch-build/compare-unit/declarations.h"
#include "kpatch-build/compare-unit/names.h"

/* A set of file names. */
struct files {
	char **list;
	size_t n, room;
};

static bool files_have(const struct files *files, const char *name)
{
	for (size_t i = 0; i < files->n; i++)
		if (strcmp(files->list[i], name) == 0)
			return true;
	return false;
}

static void files_add(struct files *files, const char *name)
{
	if (files->n == files->room) {
		files->room = files->room ? 2 * files->room : 64;
		files->list = get_memory(files->list, files->room, sizeof(*files->list));
	}
	files->list[files->n] = strdup(name);
	if (!files->list[files->n++])
		err(1, "memory");
}

static const char *environment(const char *name)
{
	const char *value = getenv(name);

	if (!value)
		errx(1, "%s is not set", name);
	return value;
}

static void read_lines(const char *name, void (*fn)(void *data, const char *line), void *data)
{
	FILE *file = fopen(name, "re");
	char *line = NULL;
	size_t room = 0;

	if (!file)
		err(1, "%s", name);
	while (getline(&line, &room, file) > 0) {
		line[strcspn(line, "\n")] = '\0';
		fn(data, line);
	}
	free(line);
	fclose(file);
}

static void add_file(void *data, const char *line)
{
	files_add(data, line);
}

/* What the changed files declare otherwise. */
struct changed_names {
	struct files files; /* of which that is known */
	struct name_set names;
};

static void add_changed_name(void *data, const char *line)
{
	struct changed_names *changed = data;

	if (strncmp(line, "file ", 5) == 0)
		files_add(&changed->files, line + 5);
	else if (strncmp(line, "name ", 5) == 0)
		names_add(&changed->names, line + 5, strlen(line + 5));
}

/* ./a/../b.h → b.h, by the letters alone. The result is no longer than the path. */
static void plain_path(char *plain, const char *path)
{
	char *to = plain;

	if (*path == '/')
		*to++ = '/';
	while (*path) {
		size_t n = strcspn(path, "/");

		if (n == 2 && path[0] == '.' && path[1] == '.' && to > plain) {
			for (to--; to > plain && to[-1] != '/'; to--)
				;
		} else if (n > 0 && !(n == 1 && *path == '.')) {
			memcpy(to, path, n);
			to += n;
			*to++ = '/';
		}
		path += n;
		path += strspn(path, "/");
	}
	if (to > plain + 1 && to[-1] == '/')
		to--;
	*to = '\0';
}

/* The files that a text is made of. */
struct reading {
	const struct files *changed;
	const struct files *known; /* those whose changed names are known */
	bool unknown; /* another one is read */
	FILE *verdict; /* NULL: do not list them */
	bool seen;
	char other[4096]; /* a changed file was read by this name, which does not lead to it */
};

static bool same_file(const char *a, const char *b)
{
	struct stat one, two;

	return stat(a, &one) == 0 && stat(b, &two) == 0 && one.st_ino == two.st_ino &&
	       one.st_dev == two.st_dev;
}

static const char *below(const char *name, const char *tree)
{
	size_t n = strlen(tree);

	return strncmp(name, tree, n) == 0 && name[n] == '/' ? name + n + 1 : name;
}

/* The name in the tree, where an absolute one leads into one of the two. */
static const char *in_tree(const char *name)
{
	return below(below(name, environment("KPATCH_ORIGINAL")), environment("KPATCH_PATCHED"));
}

static void reads_file(void *data, const char *name, size_t length)
{
	struct reading *reading = data;
	char path[4096], absolute[4096 + 1];
	const char *plain;

	if (length == 0 || length >= sizeof(path) || name[0] == '<')
		return;
	memcpy(path, name, length);
	path[length] = '\0';
	plain_path(absolute, path);
	plain = in_tree(absolute);
	if (reading->verdict && plain[0] != '/')
		fprintf(reading->verdict, "reads %s\n", plain);
	if (!files_have(reading->changed, plain))
		return;
	reading->seen = true;
	reading->unknown |= !files_have(reading->known, plain);
	/* a/../b.h: a may be a link out of this tree */
	if (strstr(path, "..") && !same_file(path, absolute))
		memcpy(reading->other, in_tree(path), strlen(in_tree(path)) + 1);
}

static void start_preprocessor(const char *dir, char **arguments, int out, int messages)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (chdir(dir) != 0 || null < 0 || dup2(null, STDIN_FILENO) < 0 ||
	    dup2(messages, STDERR_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0)
		_exit(126);
	execvp(arguments[0], arguments);
	_exit(127);
}

static void read_all(struct text *text, int fd)
{
	size_t room = 8 << 20;
	ssize_t n;

	text->bytes = get_memory(NULL, room, 1);
	text->size = 0;
	while ((n = read(fd, text->bytes + text->size, room - text->size)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			err(1, "read");
		text->size += n;
		if (text->size == room) {
			room *= 2;
			text->bytes = get_memory(text->bytes, room, 1);
		}
	}
}

/* False if the preprocessor fails. */
static bool preprocess(struct text *text, struct text *messages, const char *dir, char **arguments)
{
	int ends[2], status, told = memfd_create("messages", MFD_CLOEXEC);
	pid_t child;

	if (told < 0 || pipe2(ends, O_CLOEXEC) != 0)
		err(1, "pipe");
	child = fork();
	if (child < 0)
		err(1, "fork");
	if (child == 0)
		start_preprocessor(dir, arguments, ends[1], told);
	close(ends[1]);
	read_all(text, ends[0]);
	close(ends[0]);
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			err(1, "waitpid");
	if (lseek(told, 0, SEEK_SET) != 0)
		err(1, "lseek");
	read_all(messages, told);
	close(told);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* An argument as it reads in the other tree. */
static char *moved(const char *argument, const char *from, const char *to)
{
	const char *at = strstr(argument, from);
	char *result;

	if (asprintf(&result, "%.*s%s%s", (int)(at ? at - argument : 0), argument, at ? to : "",
		     at ? at + strlen(from) : argument) < 0)
		err(1, "memory");
	return result;
}

struct command {
	char **patched, **original;
	size_t n;
	const char *object, *source;
	bool assembly;
	const char *names; /* KPATCH_NAMES, or NULL */
	const char *rust; /* KPATCH_RUST, or NULL */
};

static void command_add(struct command *command, const char *argument)
{
	size_t n = command->n++;

	command->patched = get_memory(command->patched, n + 2, sizeof(char *));
	command->original = get_memory(command->original, n + 2, sizeof(char *));
	command->patched[n] = (char *)argument;
	command->original[n] =
		moved(argument, environment("KPATCH_PATCHED"), environment("KPATCH_ORIGINAL"));
	command->patched[n + 1] = NULL;
	command->original[n + 1] = NULL;
}

static void command_add_words(struct command *command, const char *text)
{
	char *words = strdup(text), *save = NULL;

	if (!words)
		err(1, "memory");
	for (char *word = strtok_r(words, " ", &save); word; word = strtok_r(NULL, " ", &save))
		command_add(command, word);
}

static bool starts_with(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
}

/* The compiler as a preprocessor, without the arguments by which it does or writes more. Line
 * markers are needed (-P). */
static bool is_left_out(const char *argument)
{
	return strcmp(argument, "-c") == 0 || strcmp(argument, "-S") == 0 ||
	       strcmp(argument, "-P") == 0 || strcmp(argument, "-E") == 0 ||
	       starts_with(argument, "-Wp,-MMD,") || starts_with(argument, "-Wp,-MD,");
}

/* What names_of_unit() needs. */
static void command_add_names(struct command *command)
{
	const char *names = getenv("KPATCH_NAMES");

	if (!names || !*names)
		return;
	command->names = names;
	command_add(command, "-dU");
	command_add(command, "-Wundef");
	command_add(command, "-Wno-error=undef");
}

static struct command read_command(int argc, char **argv)
{
	struct command command = { 0 };

	command_add_words(&command, environment("KPATCH_CC"));
	command_add(&command, "-E");
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "-o") == 0 && i + 1 < argc) {
			command.object = argv[++i];
		} else if (!is_left_out(argv[i])) {
			command.assembly |= strcmp(argv[i], "-D__ASSEMBLY__") == 0;
			command_add(&command, argv[i]);
		}
	}
	command.source = argc > 1 ? argv[argc - 1] : "";
	command.rust = getenv("KPATCH_RUST");
	if (command.rust && !*command.rust)
		command.rust = NULL;
	if (command.rust)
		command_add(&command, "-dD");
	else if (!command.assembly)
		command_add_names(&command);
	return command;
}

/* A source file (or a header, see above), and an object of the tree: not what a make rule tries in
 * /dev/null. */
static bool is_unit(const struct command *command)
{
	size_t n = strlen(command->source);

	return command->object && *command->object != '/' && n > 2 &&
	       command->source[n - 2] == '.' && strchr("cSh", command->source[n - 1]);
}

static void pass_on(char **argv)
{
	struct command command = { 0 };

	command_add_words(&command, environment("KPATCH_CC"));
	for (argv++; *argv; argv++)
		command_add(&command, *argv);
	execvp(command.patched[0], command.patched);
	err(1, "%s", command.patched[0]);
}

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
static bool is_unaffected(const struct reading *reading, const struct name_set *names,
			  const struct changed_names *changed)
{
	if (reading->unknown || *reading->other)
		return false;
	for (size_t i = 0; i < changed->names.n; i++)
		if (names_have(names, changed->names.list[i]))
			return false;
	return true;
}

static void judge_unit(FILE *verdict, const struct command *command, struct reading *reading,
		       struct unit *unit, const struct changed_names *changed)
{
	struct name_set names = { 0 };

	if (command->names) {
		cut_unit(unit, command);
		names = names_of_unit(&unit->text, &unit->items, &unit->messages);
	}
	if (!reading->seen && !*environment("KPATCH_ADDED"))
		fprintf(verdict, "unseen\n");
	else if (command->names && !*environment("KPATCH_ADDED") &&
		 is_unaffected(reading, &names, changed))
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
	struct files files = { 0 };
	struct changed_names changed = { 0 };
	struct reading reading = { .changed = &files, .known = &changed.files };
	struct unit unit = { 0 };

	read_lines(environment("KPATCH_CHANGED"), add_file, &files);
	if (command->names)
		read_lines(command->names, add_changed_name, &changed);
	if (!preprocess(&unit.text, &unit.messages, environment("KPATCH_ORIGINAL"),
			command->original)) {
		fprintf(verdict, "failed original\n");
		return;
	}
	/* The source, which may be elsewhere than the object, is not said to be entered. */
	reads_file(&reading, command->source, strlen(command->source));
	text_files(&unit.text, reads_file, &reading);
	judge_unit(verdict, command, &reading, &unit, &changed);
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
