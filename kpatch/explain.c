// SPDX-License-Identifier: GPL-2.0-only
/* The kernel's error numbers for modules, in words. */
#include <errno.h>
#include <string.h>

#include "kpatch/message.h"
#include "kpatch/module.h"

struct explanation {
	int err;
	const char *id;
	const char *text;
};

/* Where they come from: kernel/module/main.c, kernel/module/signing.c, klp_enable_patch(). */
static const struct explanation insert_table[] = {
	{ EPERM, "not-permitted",
	  "loading modules is not permitted: kernel.modules_disabled is set, a security module "
	  "forbids it, or lockdown wants a valid signature" },
	{ EKEYREJECTED, "signature-required",
	  "it has no signature, or none by a key that this kernel trusts: sign it with a key the "
	  "kernel knows, or enrol the key" },
	{ ENOKEY, "signature-required",
	  "it is signed with a key that this kernel does not know: sign it with a key the kernel "
	  "knows, or enrol the key" },
	{ EBADMSG, "bad-signature", "its signature is damaged: build or copy the module again" },
	{ ELIBBAD, "bad-signature", "its signature is damaged: build or copy the module again" },
	{ ENOEXEC, "insert-refused",
	  "the kernel does not take it as a module made for it (format, version magic, build-id "
	  "or a relocation): its log says what" },
	{ EINVAL, "insert-refused",
	  "the kernel's livepatch code refuses it: not made for this kernel, or not compatible "
	  "with the livepatches already enabled" },
	{ ENOENT, "symbol-missing", "the kernel does not have a symbol that it needs" },
	{ EBUSY, "transition-in-progress",
	  "the kernel is busy: another livepatch is in transition, or one of that name is being "
	  "removed; wait for it, kpatch list shows it" },
	{ ENODEV, "insert-refused", "the kernel's livepatch support did not start" },
	{ EEXIST, "already-loaded", "a module of that name is loaded already: unload it first" },
	{ ENOMEM, "insert-failed", "the kernel has no memory for it" },
};

static const struct explanation remove_table[] = {
	{ EAGAIN, "module-in-use",
	  "it is still in use: a forced transition, or another module, keeps it; it stays loaded "
	  "and does nothing" },
	{ EBUSY, "module-in-use", "the kernel is still starting or ending it: try again" },
	{ EPERM, "not-permitted",
	  "removing modules is not permitted: kernel.modules_disabled is set, or a security module "
	  "forbids it" },
};

static const struct explanation *find(const struct explanation *table, size_t count, int err)
{
	for (size_t i = 0; i < count; i++)
		if (table[i].err == -err)
			return &table[i];
	return NULL;
}

#define FIND(table, err) find(table, sizeof(table) / sizeof((table)[0]), err)

void module_explain_insert(const char *name, const char *path, int err)
{
	const struct explanation *why = FIND(insert_table, err);

	error(why ? why->id : "insert-failed",
	      "%s: cannot load %s: %s (%s); the kernel log (dmesg) may say more", path, name,
	      why ? why->text : "the kernel refuses it", strerror(-err));
}

void module_explain_under_way(const char *name)
{
	error("under-way",
	      "%s: another call is loading or unloading it: kpatch status tells how far it is; try "
	      "again when that is done",
	      name);
}

void module_explain_remove(const char *name, int err)
{
	const struct explanation *why = FIND(remove_table, err);

	error(why ? why->id : "remove-failed", "%s: cannot remove the module: %s (%s)", name,
	      why ? why->text : "the kernel refuses it", strerror(-err));
}
