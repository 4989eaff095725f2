// SPDX-License-Identifier: GPL-2.0-only
/* create-diff-object: what a source patch changed in one object, as a diff object. */
#include "changed-text.h"
#include "check.h"
#include "debug-info.h"
#include "exports.h"
#include "inlined-copies.h"
#include "parent.h"
#include "passes.h"
#include "proof.h"
#include "replaced-elsewhere.h"
#include "report-json.h"
#include "tables.h"
#include "util.h"
#include "wanted.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char usage[] =
	"Usage: create-diff-object [OPTION]... ORIG.o PATCHED.o PARENT-NAME PARENT-SYMTAB\n"
	"                          MODULE.SYMVERS MODULE-NAME OUT.o\n"
	"       create-diff-object --facts VMLINUX\n"
	"\n"
	"Compare two compiles of one kernel source file and write what changed to OUT.o.\n"
	"\n"
	"  --beside FILE    the diff object of another unit of the patch; may be repeated\n"
	"  --changed-text FILE  names of what changed in the text, one a line\n"
	"  --explain        print all that is carried, and why\n"
	"  --json FILE      write the same to FILE for programs, and what is refused\n"
	"  --new-address NAME  a new function whose address another unit has\n"
	"  --no-proof       do not refuse what cannot be proven to be the shipped code\n"
	"  --used-elsewhere NAME  another unit of the patch uses NAME of this one; may be "
	"repeated\n"
	"  --facts VMLINUX  print the sizes of kernel table entries, from its BTF\n"
	"  -h, --help       print this help\n"
	"  -V, --version    print the version\n"
	"\n"
	"Exit status: 0 OUT.o written, 1 error, 2 cannot be patched, 3 nothing changed.\n";

struct options {
	bool explain;
	const char *json; /* file for the report, or NULL */
	bool no_proof;
	const char *facts;
	const char *changed_text; /* file, or NULL */
	const char *new_address; /* name, or NULL */
	const char **beside; /* files */
	size_t nr_beside, max_beside;
	const char **shared; /* names */
	size_t nr_shared, max_shared;
};

/* What getopt() would say, in the form of all messages. */
static void __attribute__((noreturn)) bad_option(int c, const char *last)
{
	if (c == ':')
		fatal("usage", "%s needs an argument; see create-diff-object --help", last);
	if (has_prefix(last, "--"))
		fatal("usage", "%s is no option; see create-diff-object --help", last);
	fatal("usage", "-%c is no option; see create-diff-object --help", optopt);
}

static int parse_options(int argc, char **argv, struct options *options)
{
	static const struct option longs[] = {
		{ "beside", required_argument, NULL, 'b' },
		{ "changed-text", required_argument, NULL, 'c' },
		{ "explain", no_argument, NULL, 'e' },
		{ "facts", required_argument, NULL, 'f' },
		{ "json", required_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ "new-address", required_argument, NULL, 'a' },
		{ "no-proof", no_argument, NULL, 'n' },
		{ "used-elsewhere", required_argument, NULL, 'u' },
		{ "version", no_argument, NULL, 'V' },
		{ 0 },
	};
	int c;

	opterr = 0;
	while ((c = getopt_long(argc, argv, ":hV", longs, NULL)) != -1) {
		switch (c) {
		case 'a':
			options->new_address = optarg;
			break;
		case 'b':
			grow(options->beside, options->nr_beside, options->max_beside);
			options->beside[options->nr_beside++] = optarg;
			break;
		case 'c':
			options->changed_text = optarg;
			break;
		case 'e':
			options->explain = true;
			break;
		case 'j':
			options->json = optarg;
			break;
		case 'n':
			options->no_proof = true;
			break;
		case 'u':
			grow(options->shared, options->nr_shared, options->max_shared);
			options->shared[options->nr_shared++] = optarg;
			break;
		case 'f':
			options->facts = optarg;
			break;
		case 'h':
			fputs(usage, stdout);
			exit(EXIT_WRITTEN);
		case 'V':
			puts("create-diff-object " KPATCH_VERSION);
			exit(EXIT_WRITTEN);
		default:
			bad_option(c, argv[optind - 1]);
		}
	}
	return optind;
}

struct pass {
	const char *name;
	void (*run)(struct diff *diff);
};

static const struct pass passes[] = {
	{ "correlate", correlate }, /* who is whose twin */
	{ "compare", compare }, /* same, changed, new */
	{ "ignore", ignore }, /* what the patch says may differ */
	{ "callers", replace_callers }, /* of what cannot be redirected itself */
	{ "expand", expand }, /* what a carried function needs */
	{ "module-keys", settle_module_keys }, /* what the loader could not resolve */
	{ "prove", prove }, /* whether the original is what runs */
	{ "literals", settle_literals }, /* constants that stay where they are */
	{ "check", check }, /* everything that speaks against it */
};

/* What was said and lost must not look like a success. Returns what went wrong, or NULL. */
static const char *say_all(void)
{
	errno = 0;
	if (!fflush(stdout) && !ferror(stdout))
		return NULL;
	/* of what failed before, nobody knows the reason any more */
	return errno ? strerror(errno) : "an error before";
}

static void __attribute__((noreturn)) cannot_write(const struct diff *diff, const char *error)
{
	if (diff->temporary)
		unlink(diff->temporary);
	fatal("cannot-write", "%s", error);
}

/* Where something cannot be said or written, there shall be no output either. */
static void finish(struct diff *diff, const struct items *items, const char *json, int status)
{
	const char *lost = say_all();
	char *error;

	if (lost)
		cannot_write(diff, xasprintf("standard output: %s", lost));
	if (json && write_json(diff, items, status, json, &error))
		cannot_write(diff, error);
	if (diff->temporary && rename(diff->temporary, diff->out_path)) {
		error = xasprintf("%s: %s", diff->out_path, strerror(errno));
		if (json)
			unlink(json);
		cannot_write(diff, error);
	}
	free(diff->temporary);
}

static void report(struct diff *diff, const struct options *options, int status)
{
	bool explain = options->explain || options->json;
	struct items items = { 0 };

	if (status == EXIT_UNCHANGED) {
		locate_findings(diff, true);
		print_unchanged(diff);
	} else {
		locate_findings(diff, explain);
		(explain ? list_items : list_functions)(diff, &items);
		print_items(diff, &items, options->explain);
		print_findings(diff);
	}
	finish(diff, &items, options->json, status);
	free_items(&items);
}

static int run(struct diff *diff, const struct options *options)
{
	int status = EXIT_UNCHANGED;
	size_t i;

	for (i = 0; i < sizeof(passes) / sizeof(passes[0]); i++)
		passes[i].run(diff);
	if (is_refused(diff) || anything_carried(&diff->patched) || shares_anything(diff)) {
		check_types(diff);
		check_inlined_copies(diff);
		emit(diff);
		status = is_refused(diff) ? EXIT_UNPATCHABLE : EXIT_WRITTEN;
	}
	report(diff, options, status);
	return status;
}

/* Every function that can be replaced calls the tracer, which is exported. */
static void check_symvers(struct diff *diff, const char *path)
{
	if (!has_exports(diff->exports))
		warning(diff, "symvers-unlike",
			"no symbol that the objects have or need is in %s, so it is probably not "
			"that of the target kernel; give that",
			path);
}

/* Whether both are one file, or will be one when they are written. */
static bool same_file(const char *a, const char *b)
{
	char *dir_a, *dir_b, *slash_a = strrchr(a, '/'), *slash_b = strrchr(b, '/');
	struct stat sa, sb;
	bool same;

	if (!stat(a, &sa) && !stat(b, &sb))
		return sa.st_dev == sb.st_dev && sa.st_ino == sb.st_ino;
	if (strcmp(slash_a ? slash_a + 1 : a, slash_b ? slash_b + 1 : b))
		return false;
	dir_a = xasprintf("%.*s", slash_a ? (int)(slash_a - a) + 1 : 2, slash_a ? a : "./");
	dir_b = xasprintf("%.*s", slash_b ? (int)(slash_b - b) + 1 : 2, slash_b ? b : "./");
	same = !stat(dir_a, &sa) && !stat(dir_b, &sb) && sa.st_dev == sb.st_dev &&
	       sa.st_ino == sb.st_ino;
	free(dir_a);
	free(dir_b);
	return same;
}

/* What would be replaced is gone when the comparison turns out wrong. */
static void check_output(const char *path, char **args)
{
	static const int inputs[] = { 0, 1, 3, 4 };
	size_t i;

	for (i = 0; i < sizeof(inputs) / sizeof(inputs[0]); i++) {
		if (same_file(path, args[inputs[i]]))
			fatal("usage", "%s is an input, too; name another file to write to", path);
	}
}

static void read_beside(struct replaced_elsewhere *elsewhere, const struct options *options,
			const char *parent)
{
	size_t i;

	for (i = 0; i < options->nr_beside; i++)
		read_replaced(elsewhere, options->beside[i], parent);
}

static int diff_objects(char **args, const struct options *options)
{
	struct findings findings = { 0 };
	struct replaced_elsewhere elsewhere = { 0 };
	struct diff diff = {
		.parent_name = args[2],
		.findings = &findings,
		.elsewhere = &elsewhere,
		.out_path = args[6],
		.parent_path = args[3],
		.explain = options->explain,
		.no_proof = options->no_proof,
		.shared = options->shared,
		.nr_shared = options->nr_shared,
		.new_elsewhere = options->new_address,
	};
	struct wanted wanted;
	int status;

	check_output(args[6], args);
	if (options->json) {
		check_output(options->json, args);
		if (same_file(options->json, args[6]))
			fatal("usage", "%s is to be the report and the object; name two files",
			      options->json);
	}
	if (options->changed_text)
		diff.changed_text = load_changed_text(options->changed_text);
	read_beside(&elsewhere, options, args[2]);
	load_object(&diff.orig, args[0]);
	load_object(&diff.patched, args[1]);
	check_pair(&diff);
	diff.debug = start_debug_info(&diff);
	normalise(&diff.orig, args[3]);
	normalise(&diff.patched, args[3]);
	find_wanted(&wanted, &diff.orig, &diff.patched);
	diff.parent = load_parent(args[3], args[2], &diff.orig, &wanted);
	diff.exports = load_exports(args[4], &wanted);
	check_symvers(&diff, args[4]);
	status = run(&diff, options);
	stop_debug_info(diff.debug);
	free_proof(diff.proof);
	free_inlined_functions(diff.inlined);
	free_parent(diff.parent);
	free_exports(diff.exports);
	free_wanted(&wanted);
	free_object(&diff.orig);
	free_object(&diff.patched);
	free_changed_text(diff.changed_text);
	free_replaced(&elsewhere);
	free_findings(&findings);
	return status;
}

static int end(int status)
{
	const char *lost = say_all();

	if (lost)
		fatal("cannot-write", "standard output: %s", lost);
	return status;
}

int main(int argc, char **argv)
{
	struct options options = { 0 };
	int first, status;

	open_standard_files();
	first = parse_options(argc, argv, &options);
	if (options.facts && first == argc)
		return end(print_facts(options.facts));
	if (options.facts || argc - first != 7)
		fatal("usage", "seven arguments are needed; see create-diff-object --help");
	status = diff_objects(argv + first, &options);
	free(options.beside);
	free(options.shared);
	return end(status);
}
