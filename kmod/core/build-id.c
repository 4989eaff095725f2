// SPDX-License-Identifier: GPL-2.0-only
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/rcupdate.h>
#include <linux/string.h>

#include "build-id.h"
#include "compat.h"
#include "fault.h"
#include "kernel.h"
#include "kpatch-build-id.h"

int build_id_check(const struct module *mod, const volatile struct kpatch_info *info)
{
	u8 wanted[KPATCH_BUILD_ID_MAX];
	size_t wanted_size = min_t(size_t, info->build_id_size, sizeof(wanted));
	size_t size = 0, i;
	const u8 *running = kernel_build_id(&size);

	for (i = 0; i < wanted_size; i++)
		wanted[i] = info->build_id[i];
	if (running && size && size == wanted_size && !memcmp(running, wanted, size))
		return 0;
	pr_err("kpatch: error: %s: built for the kernel with build-id %*phN, but this kernel has "
	       "%*phN; build the patch for this kernel [wrong-kernel]\n",
	       mod->name, (int)wanted_size, wanted, running ? (int)size : 0, running);
	return -EINVAL;
}

/*
 * Nothing tells where the loader has put the note: it is looked for. What has all of its bytes in a
 * row is no other data.
 */
static bool has_build_id(const struct module *mod, const struct kpatch_module_record *wanted)
{
	const struct elf64_note head = {
		.n_namesz = sizeof("GNU"),
		.n_descsz = wanted->build_id_size,
		.n_type = NT_GNU_BUILD_ID,
	};
	unsigned long size, note_size = sizeof(head) + sizeof("GNU") + wanted->build_id_size;
	const char *pos = kpatch_module_constants(mod, &size), *end = pos + size;

	for (; end - pos >= (long)note_size; pos += 4)
		if (!memcmp(pos, &head, sizeof(head)) &&
		    !memcmp(pos + sizeof(head), "GNU", sizeof("GNU")) &&
		    !memcmp(pos + note_size - wanted->build_id_size, wanted->build_id,
			    wanted->build_id_size))
			return true;
	return false;
}

int build_id_check_target(const struct module *patch, const struct kpatch_module_record *modules,
			  const struct module *mod)
{
	for (; *modules->name; modules++)
		if (!strcmp(modules->name, mod->name) && !has_build_id(mod, modules))
			break;
	if (!*modules->name)
		return 0;
	pr_err("kpatch: error: %s: built for the module %s with build-id %*phN, but this is "
	       "another build of it; build the patch for this module [wrong-module]\n",
	       patch->name, mod->name, (int)modules->build_id_size, modules->build_id);
	return -EINVAL;
}

/* The glue's description of the patch, by its name: nothing of it has run yet. */
static const struct kpatch_info *find_info(const struct module *mod)
{
	const struct mod_kallsyms *symbols = rcu_dereference_protected(mod->kallsyms, true);
	unsigned int i;

	for (i = 1; symbols && i < symbols->num_symtab; i++)
		if (!strcmp(symbols->strtab + symbols->symtab[i].st_name, "kpatch_core_info"))
			return (const void *)symbols->symtab[i].st_value;
	return NULL;
}

static int module_event(struct notifier_block *block, unsigned long event, void *data)
{
	const struct kpatch_info *info;

	if (event != MODULE_STATE_COMING)
		return NOTIFY_DONE;
	info = find_info(data);
	return info ? notifier_from_errno(build_id_check(data, info)) : NOTIFY_DONE;
}

/* Before all others, such as those of jump labels and static calls. */
static struct notifier_block module_block = {
	.notifier_call = module_event,
	.priority = INT_MAX,
};

int build_id_watch(void)
{
	return may_fail(register_module_notifier(&module_block), -ENOMEM);
}

void build_id_unwatch(void)
{
	unregister_module_notifier(&module_block);
}
