// SPDX-License-Identifier: GPL-2.0-only
/* Modules in the running kernel. */
#include <errno.h>
#include <libkmod.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "kmod/patch/kpatch-info.h"
#include "kpatch/cleanup.h"
#include "kpatch/files.h"
#include "kpatch/module.h"

#define MODULE_DIR    "/sys/module"
#define NAME_MAX_SIZE 56 /* MODULE_NAME_LEN of 64-bit kernels (include/linux/module.h) */
#define REMOVE_TRIES  100
#define REMOVE_PAUSE  50000000L /* nanoseconds: five seconds in all */

char *module_name(const char *argument)
{
	const char *slash = strrchr(argument, '/');
	char *name = print_string("%s", slash ? slash + 1 : argument);
	size_t length = strlen(name);

	if (length > 3 && strcmp(name + length - 3, ".ko") == 0) {
		length -= 3;
		name[length] = '\0';
	}
	for (char *c = name; *c; c++)
		if (*c == '-')
			*c = '_';
	if (length == 0 || length >= NAME_MAX_SIZE || name[0] == '.') {
		free(name);
		return NULL;
	}
	return name;
}

bool module_is_loaded(const char *name)
{
	/* Built-in code with parameters has a directory too, but nothing counts its users. */
	return path_exists("%s/%s/initstate", MODULE_DIR, name);
}

char *module_state(const char *name)
{
	return read_line("%s/%s/initstate", MODULE_DIR, name);
}

bool module_was_live(const char *before, const char *after)
{
	return before && after && strcmp(before, "live") == 0 && strcmp(after, "live") == 0;
}

bool module_is_livepatch(const char *name)
{
	_cleanup_free_ char *taint = read_line("%s/%s/taint", MODULE_DIR, name);

	return taint && strchr(taint, 'K');
}

static bool has_section(const char *name, const char *section)
{
	return path_exists("%s/%s/sections/%s", MODULE_DIR, name, section);
}

bool module_is_ours(const char *name)
{
	return has_section(name, KPATCH_FUNCS_SECTION);
}

bool module_has_unpatch_callbacks(const char *name)
{
	return has_section(name, KPATCH_PRE_UNPATCH_SECTION) ||
	       has_section(name, KPATCH_POST_UNPATCH_SECTION);
}

int module_users(const char *name)
{
	_cleanup_free_ char *users = read_line("%s/%s/refcnt", MODULE_DIR, name);

	return users ? atoi(users) : -1;
}

static void say_nothing(void *data, int priority, const char *file, int line, const char *function,
			const char *format, va_list args)
{
}

static void cleanup_kmod(struct kmod_ctx **ctx)
{
	if (*ctx)
		kmod_unref(*ctx);
}

static void cleanup_kmod_module(struct kmod_module **module)
{
	if (*module)
		kmod_module_unref(*module);
}

static struct kmod_ctx *new_kmod(void)
{
	/* No modprobe.d: a livepatch takes no options and no aliases. */
	static const char *const no_configuration[] = { NULL };
	struct kmod_ctx *ctx = kmod_new(NULL, no_configuration);

	/* We have better words for what goes wrong. */
	if (ctx)
		kmod_set_log_fn(ctx, say_nothing, NULL);
	return ctx;
}

int module_insert(const char *path)
{
	_cleanup_(cleanup_kmod) struct kmod_ctx *ctx = new_kmod();
	_cleanup_(cleanup_kmod_module) struct kmod_module *module = NULL;
	int err;

	if (!ctx)
		return -ENOMEM;
	err = kmod_module_new_from_path(ctx, path, &module);
	if (err < 0)
		return err;
	return kmod_module_insert_module(module, 0, NULL);
}

int module_remove(const char *name)
{
	static const struct timespec pause = { .tv_nsec = REMOVE_PAUSE };
	_cleanup_(cleanup_kmod) struct kmod_ctx *ctx = new_kmod();
	_cleanup_(cleanup_kmod_module) struct kmod_module *module = NULL;
	int err;

	if (!ctx)
		return -ENOMEM;
	err = kmod_module_new_from_name(ctx, name, &module);
	if (err < 0)
		return err;
	for (int tries = 0; tries < REMOVE_TRIES; tries++) {
		err = kmod_module_remove_module(module, 0);
		if (err != -EAGAIN && err != -EBUSY)
			break;
		nanosleep(&pause, NULL);
	}
	return err == -ENOENT ? 0 : err;
}
