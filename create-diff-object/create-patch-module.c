// SPDX-License-Identifier: GPL-2.0-only
/*
 * create-patch-module turns the joined object of a patch into a module that the target
 * kernel can load. doc/patch-module.md describes the result.
 */
#include "create-patch-module.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "util.h"

#define BUILD_ID_KEY "kpatch_build_id"

static const char usage_text[] =
	"Usage: create-patch-module --name NAME [OPTION]... JOINED.o MODULE.SYMVERS OUT.ko\n"
	"\n"
	"Turn the diff objects and the glue of a patch, joined with ld -r and seen by the\n"
	"target kernel's objtool, into a module for that kernel.\n"
	"\n"
	"  --name NAME          name of the module\n"
	"  --build-id HEX       GNU build-id of the target kernel; without it that of\n"
	"                       --modinfo " BUILD_ID_KEY "=HEX\n"
	"  --modinfo KEY=VALUE  add a line to .modinfo; may be repeated\n"
	"  --core VMLINUX       for the core module (kpatch.ko), not for the kernel's own\n"
	"                       livepatch core; VMLINUX is the target's, unstripped\n"
	"  --non-replace        the patch does not take the place of those loaded before it\n"
	"  --help, --version\n"
	"\n"
	"Exit status: 0 written, 1 error, 2 cannot be a live patch.\n";

static void __attribute__((noreturn)) wrong_use(const char *what)
{
	fatal("usage", "%s; see create-patch-module --help", what);
}

/* Keys that the loader gives a meaning to come from the glue or from modpost's rules. */
static void add_modinfo_argument(struct request *request, const char *argument)
{
	static const char *const reserved[] = { "depends",   "import_ns", "intree", "license",
						"livepatch", "name",	  "parm",   "parmtype",
						"retpoline", "staging",	  "test",   "vermagic" };
	size_t length = strspn(argument, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ01234"
					 "56789_");

	if (!length || argument[length] != '=')
		fatal("usage",
		      "--modinfo '%s' is not KEY=VALUE with a key of letters, digits and _",
		      argument);
	for (size_t i = 0; i < sizeof(reserved) / sizeof(reserved[0]); i++)
		if (length == strlen(reserved[i]) && !strncmp(argument, reserved[i], length))
			fatal("usage",
			      "--modinfo %s: this key has a meaning for the kernel and cannot be "
			      "given",
			      reserved[i]);
	request->modinfo[request->nr_modinfo++] = argument;
}

static void set_name(struct request *request, const char *argument)
{
	free(request->name);
	request->name = xasprintf("%s", argument);
	for (char *c = request->name; *c; c++)
		if (*c == '-') /* as scripts/Makefile.lib, name-fix, spells it */
			*c = '_';
	if (!*request->name || request->name[strspn(request->name, "abcdefghijklmnopqrstuvwxyzABCDE"
								   "FGHIJKLMNOPQRSTUVWXYZ0123456789"
								   "_")])
		fatal("usage", "--name '%s': a module's name has letters, digits, - and _ only",
		      argument);
}

/* The glue needs the build-id, and so do readers of .modinfo. */
static void settle_build_id(struct request *request)
{
	const char *key = BUILD_ID_KEY "=";

	for (size_t i = 0; i < request->nr_modinfo; i++) {
		const char *value = request->modinfo[i] + strlen(key);

		if (!has_prefix(request->modinfo[i], key))
			continue;
		if (request->build_id && strcasecmp(request->build_id, value))
			wrong_use("--build-id and --modinfo " BUILD_ID_KEY " differ");
		request->build_id = value;
		return;
	}
	if (!request->build_id)
		wrong_use("neither --build-id nor --modinfo " BUILD_ID_KEY " is given");
	request->build_id_line = xasprintf("%s%s", key, request->build_id);
	request->modinfo[request->nr_modinfo++] = request->build_id_line;
}

static void parse_arguments(struct request *request, int argc, char **argv)
{
	static const struct option options[] = {
		{ "name", required_argument, NULL, 'n' },
		{ "build-id", required_argument, NULL, 'b' },
		{ "modinfo", required_argument, NULL, 'm' },
		{ "core", required_argument, NULL, 'c' },
		{ "non-replace", no_argument, NULL, 'R' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ 0 },
	};
	int option;

	request->modinfo = xcalloc(argc + 1, sizeof(*request->modinfo));
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (option) {
		case 'n':
			set_name(request, optarg);
			break;
		case 'b':
			request->build_id = optarg;
			break;
		case 'm':
			add_modinfo_argument(request, optarg);
			break;
		case 'c':
			request->vmlinux = optarg;
			break;
		case 'R':
			request->non_replace = true;
			break;
		case 'h':
			fputs(usage_text, stdout);
			exit(EXIT_WRITTEN);
		case 'V':
			puts("create-patch-module " KPATCH_VERSION);
			exit(EXIT_WRITTEN);
		default:
			wrong_use("unknown option or missing argument");
		}
	}
	if (!request->name)
		wrong_use("--name is missing");
	if (argc - optind != 3)
		wrong_use("three files are needed");
	request->joined = argv[optind];
	request->symvers = argv[optind + 1];
	request->out = argv[optind + 2];
	settle_build_id(request);
}

/* Each step reads what those before it have left in the model. */
static void make_module(struct module *module, const struct request *request)
{
	module->core = request->vmlinux;
	module_load(module, request->joined);
	read_glue(module);
	bind_symbols(module);
	check_records(module);
	if (request->vmlinux) {
		core_find(module, request->vmlinux);
		core_add_modules(module, request);
	}
	define_bounds(module);
	drop_helpers(module);
	read_symvers(module, request->symvers);
	check_undefined(module);
	move_relocations(module);
	fill_glue(module, request);
	write_modinfo(module, request);
	write_note(module, request);
	write_versions(module);
	if (!module->refusals)
		module_write(module, request->out);
}

int main(int argc, char **argv)
{
	struct request request = { 0 };
	struct module module = { 0 };

	open_standard_files();
	parse_arguments(&request, argc, argv);
	make_module(&module, &request);
	module_free(&module);
	free(request.name);
	free(request.build_id_line);
	free(request.modinfo);
	return module.refusals ? EXIT_UNPATCHABLE : EXIT_WRITTEN;
}
