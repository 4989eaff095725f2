// SPDX-License-Identifier: GPL-2.0-only
/* Who redirects a function already, where the kernel says only that it is busy. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kpatch/cleanup.h"
#include "kpatch/core.h"
#include "kpatch/files.h"
#include "kpatch/kernel-log.h"
#include "kpatch/livepatch.h"
#include "kpatch/message.h"
#include "kpatch/module.h"
#include "kpatch/owner.h"

static bool has_function(struct functions functions, const struct function *function)
{
	bool found = false;

	for (size_t i = 0; i < functions.count; i++)
		found = found || (strcmp(functions.items[i].name, function->name) == 0 &&
				  strcmp(functions.items[i].object, function->object) == 0);
	functions_free(&functions);
	return found;
}

/* A patch of the other back end: those of one back end share functions. */
static char *patch_owner(const struct function *function, bool core)
{
	_cleanup_(names_free) struct names names = core ? livepatch_names() : core_names();

	for (size_t i = 0; i < names.count; i++) {
		const char *name = names.items[i];

		if (has_function(core ? livepatch_functions(name) : core_functions(name), function))
			return print_string("the %s %s; kpatch unload %s removes it",
					    core ? "livepatch" : "patch of the core module", name,
					    name);
	}
	return NULL;
}

/*
 * The record of @function in tracefs' enabled_functions: "NAME [MODULE] (USERS) FLAGS", and who
 * they are on that line and on others that begin with a tab (kernel/trace/ftrace.c, t_show()). It
 * is cut out of @text; NULL when there is none.
 */
static char *ftrace_record(char *text, const struct function *function)
{
	_cleanup_free_ char *wanted =
		strcmp(function->object, "vmlinux") == 0
			? print_string("%s (", function->name)
			: print_string("%s [%s] (", function->name, function->object);
	char *line = text, *end;

	while (line && strncmp(line, wanted, strlen(wanted)) != 0) {
		line = strchr(line, '\n');
		line = line ? line + 1 : NULL;
	}
	if (!line)
		return NULL;
	for (end = line; *end && (*end != '\n' || end[1] == '\t'); end++)
		;
	*end = '\0';
	return line;
}

static bool has_flag(const char *record, char flag)
{
	const char *flags = strchr(record, ')');
	size_t length = flags ? strcspn(flags, "\t\n") : 0;

	return length && memchr(flags, flag, length);
}

static char *read_tracefs(const char *name)
{
	_cleanup_free_ char *path = print_string("/sys/kernel/tracing/%s", name);
	_cleanup_free_ char *old_path = print_string("/sys/kernel/debug/tracing/%s", name);
	char *text = read_file(path, NULL);

	return text ? text : read_file(old_path, NULL);
}

/* A line of it is "ADDRESS k FUNCTION+0xOFFSET [...]" (kernel/kprobes.c, report_probe()). */
static bool has_kprobe(const char *function)
{
	_cleanup_free_ char *text = read_file("/sys/kernel/debug/kprobes/list", NULL);
	_cleanup_free_ char *wanted = print_string(" %s+0x", function);

	return text && strstr(text, wanted);
}

/*
 * The function that gets the call: "->NAME+0xOFFSET/0xSIZE [MODULE]" for one that ftrace calls,
 * which is ftrace's own where "direct-->NAME..." follows.
 */
static char *callback_of(const char *record)
{
	static const char direct_mark[] = "direct-->", mark[] = "->";
	const char *direct = strstr(record, direct_mark);
	const char *arrow = strstr(record, mark);
	const char *name = direct  ? direct + strlen(direct_mark)
			   : arrow ? arrow + strlen(mark)
				   : "unknown";

	size_t length = strcspn(name, "+\n\t"), line = strcspn(name, "\n\t");
	const char *module = memchr(name, '[', line);

	return module ? print_string("%.*s %.*s", (int)length, name, (int)(name + line - module),
				     module)
		      : print_string("%.*s", (int)length, name);
}

/* Users that only look on do not count, nor those that @core's own kind shares functions with. */
static char *ftrace_owner(const struct function *function, bool core, char flag)
{
	_cleanup_free_ char *text = read_tracefs("enabled_functions");
	const char *record = text ? ftrace_record(text, function) : NULL;
	_cleanup_free_ char *callback = NULL;

	if (!record || !has_flag(record, flag) ||
	    strstr(record, core ? "[" CORE_MODULE "]" : "klp_ftrace_handler"))
		return NULL;
	callback = callback_of(record);
	if (strncmp(callback, "bpf_", strlen("bpf_")) == 0)
		return print_string("a BPF program (%s); bpftool link shows them", callback);
	if (strstr(record, "kprobe_ftrace_handler") || has_kprobe(function->name))
		return print_string("a kprobe with a post handler "
				    "(/sys/kernel/debug/kprobes/list); "
				    "remove the module that set it");
	return print_string("a user of ftrace (%s); remove that first", callback);
}

static bool explain_owned(const struct modfile *file, char flag)
{
	_cleanup_(functions_free) struct functions functions = modfile_functions(file);
	bool core = modfile_is_core(file), found = false;

	for (size_t i = 0; i < functions.count; i++) {
		const struct function *function = &functions.items[i];
		_cleanup_free_ char *owner = patch_owner(function, core);
		_cleanup_free_ char *shown = NULL;

		if (!owner)
			owner = ftrace_owner(function, core, flag);
		if (!owner)
			continue;
		shown = printable_copy(function->name);
		error("function-owned", "%s: cannot load %s: function %s is redirected by %s",
		      file->path, file->name, shown, owner);
		found = true;
	}
	return found;
}

/* Of those that only the core module returns: the others are the loader's. */
static void explain_core_insert(const struct modfile *file, int err, int log)
{
	_cleanup_free_ char *what = print_string("%s: cannot load %s", file->path, file->name);

	if (kernel_log_tell_refusals(log, file->name, what))
		return;
	if (err == -EBUSY)
		error("function-owned",
		      "%s: cannot load %s: another owner redirects a function of it (a BPF "
		      "program, or a kprobe with a post handler); the kernel log (dmesg) names the "
		      "function, and with tracefs on /sys/kernel/tracing the owner is looked up",
		      file->path, file->name);
	else if (err == -EINVAL)
		error("insert-refused",
		      "%s: cannot load %s: the core module refuses it; the kernel log (dmesg) has "
		      "the reason",
		      file->path, file->name);
	else
		module_explain_insert(file->name, file->path, err);
}

void owner_explain_insert(const struct modfile *file, int err, int log)
{
	/* I: changes the instruction pointer. D: a direct call, which often can share the place. */
	if (err == -EBUSY && (explain_owned(file, 'I') || explain_owned(file, 'D')))
		return;
	if (modfile_is_core(file))
		explain_core_insert(file, err, log);
	else
		module_explain_insert(file->name, file->path, err);
}
