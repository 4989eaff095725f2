// SPDX-License-Identifier: GPL-2.0-only
/*
 * A module that comes is patched before its init runs: nobody is in it then, so nothing has to
 * be stopped. When it goes, its init has failed or its exit has run, and nobody is in it any more.
 */
#include <linux/elf.h>
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "build-id.h"
#include "fault.h"
#include "kernel.h"
#include "patch.h"
#include "redirect.h"
#include "targets.h"

#define target_err(patch, fmt, ...) \
	pr_err("kpatch: error: %s: " fmt, (patch)->description->mod->name, ##__VA_ARGS__)

/* Modules whose init runs: module_event() has been asked about them. */
struct arrival {
	struct list_head list;
	const struct module *mod;
};
static LIST_HEAD(arrivals);

static bool in_module(const struct kpatch *patch, size_t i, const char *name)
{
	return !strcmp(patch->description->funcs[i].object, name);
}

/* Symbols of a module that is there; with RCU: the table of its init goes when that has run. */
static const struct mod_kallsyms *symbols_of(const struct module *mod)
{
	return rcu_dereference_raw(mod->kallsyms);
}

/* "" where the module only refers to the symbol. */
static const char *symbol_name(const struct mod_kallsyms *symbols, unsigned int i)
{
	if (symbols->symtab[i].st_shndx == SHN_UNDEF)
		return "";
	return symbols->strtab + symbols->symtab[i].st_name;
}

/* Counted as the livepatch core does (klp_find_object_symbol()); 0: there is one of the name. */
static unsigned long find_symbol(const struct kpatch *patch, const struct module *mod,
				 const char *name, u64 position)
{
	const struct mod_kallsyms *symbols;
	unsigned long address = 0;
	unsigned int i;
	u64 count = 0;

	rcu_read_lock();
	symbols = symbols_of(mod);
	for (i = 1; i < symbols->num_symtab; i++)
		if (!strcmp(symbol_name(symbols, i), name) && (++count == position || !position))
			address = symbols->symtab[i].st_value;
	rcu_read_unlock();
	if (address && (position || count == 1))
		return address;
	target_err(patch,
		   "the module %s has not the symbol %s that the patch was built for; build it "
		   "for this module [module-mismatch]\n",
		   mod->name, name);
	return 0;
}

/* Zeroes where @symbol is 0: the module has gone. */
static int relocate(const struct kpatch *patch, const struct kpatch_reloc_record *reloc,
		    unsigned long symbol)
{
	u64 value = symbol ? symbol + reloc->addend : 0;
	size_t size = 4;
	bool fits;

	switch (reloc->type) {
	case R_X86_64_PC32:
	case R_X86_64_PLT32:
		value -= symbol ? (unsigned long)reloc->place : 0;
		fallthrough;
	case R_X86_64_32S:
		fits = (s64)value == (s32)value;
		break;
	case R_X86_64_32:
		fits = value == (u32)value;
		break;
	case R_X86_64_PC64:
		value -= symbol ? (unsigned long)reloc->place : 0;
		fallthrough;
	case R_X86_64_64:
		fits = true;
		size = 8;
		break;
	default:
		fits = false;
	}
	if (!fits) {
		target_err(patch, "cannot reach %s of the module %s [module-reference]\n",
			   reloc->name, reloc->object);
		return -ENOEXEC;
	}
	kernel_poke(reloc->place, &value, size);
	return 0;
}

/* Whether module_event() has been asked about @mod, whose init has not returned. */
static bool has_arrived(const struct module *mod)
{
	const struct arrival *arrival;

	list_for_each_entry (arrival, &arrivals, list)
		if (arrival->mod == mod)
			return true;
	return false;
}

/*
 * The module of that name, or NULL: it is not there, or its exit runs. It stays as long as the
 * lock is held: module_event() waits for that before the module can go.
 */
static const struct module *find_module_now(const struct kpatch *patch, const char *name)
{
	enum module_state state = MODULE_STATE_UNFORMED;
	const struct module *mod;

	rcu_read_lock();
	preempt_disable();
	mod = kernel_find_module(name);
	if (mod)
		state = READ_ONCE(mod->state);
	preempt_enable();
	rcu_read_unlock();
	if (state == MODULE_STATE_LIVE || (state == MODULE_STATE_COMING && has_arrived(mod)))
		return mod;
	if (state != MODULE_STATE_COMING)
		return NULL;
	target_err(patch, "the module %s is being loaded; try again [module-loading]\n", name);
	return ERR_PTR(-EAGAIN);
}

/*
 * Where the symbol of @reloc is, or 0. It is an export of a module that @mod depends on, and which
 * stays as long as @mod does, where it is not @mod's own.
 */
static unsigned long find_reloc_symbol(const struct kpatch *patch,
				       const struct kpatch_reloc_record *reloc,
				       const struct module *mod)
{
	if (strcmp(reloc->object, mod->name))
		mod = find_module_now(patch, reloc->object);
	if (!IS_ERR_OR_NULL(mod))
		return find_symbol(patch, mod, reloc->name, reloc->sympos);
	if (!mod)
		target_err(patch,
			   "the module %s, whose %s the patched %s uses, is not loaded "
			   "[module-reference]\n",
			   reloc->object, reloc->name, reloc->target);
	return 0;
}

/* Everything that the code for @mod refers to. */
static int relocate_all(const struct kpatch *patch, const struct module *mod)
{
	const struct kpatch_reloc_record *reloc = patch->description->relocs;
	unsigned long symbol;
	int err = 0;

	for (; !err && reloc->place; reloc++) {
		if (strcmp(reloc->target, mod->name))
			continue;
		symbol = find_reloc_symbol(patch, reloc, mod);
		err = symbol ? relocate(patch, reloc, symbol) : -ENOENT;
	}
	return err;
}

static void unrelocate_all(const struct kpatch *patch, const struct module *mod)
{
	const struct kpatch_reloc_record *reloc = patch->description->relocs;

	for (; reloc->place; reloc++)
		if (!strcmp(reloc->target, mod->name))
			relocate(patch, reloc, 0);
}

/* All functions of the patch in @mod. Nothing calls the patch's code for that module yet. */
static int attach(struct kpatch *patch, const struct module *mod)
{
	const struct kpatch_func_record *funcs = patch->description->funcs;
	int err = build_id_check_target(patch->description->mod, patch->description->modules, mod);
	size_t i;

	for (i = 0; !err && i < patch->count; i++) {
		struct target *target = &patch->targets[i];

		if (!in_module(patch, i, mod->name))
			continue;
		target->address = find_symbol(patch, mod, funcs[i].old_name, funcs[i].sympos);
		if (!target->address)
			return -ENOENT;
		target->mod = mod;
	}
	return err ?: relocate_all(patch, mod);
}

int targets_find(struct kpatch *patch)
{
	const struct kpatch_func_record *funcs = patch->description->funcs;
	const struct module *mod;
	size_t i;
	int err = 0;

	for (i = 0; i < patch->count; i++)
		patch->targets[i] = (struct target){
			.address = (unsigned long)patch->description->places[i].address,
		};
	for (i = 0; !err && i < patch->count; i++) {
		if (patch->targets[i].address)
			continue;
		mod = find_module_now(patch, funcs[i].object);
		if (mod)
			err = IS_ERR(mod) ? PTR_ERR(mod) : attach(patch, mod);
	}
	return err;
}

void targets_forget(struct kpatch *patch)
{
	memset(patch->targets, 0, patch->count * sizeof(*patch->targets));
}

/* Whether @part is the name of an unlikely part of @function. */
static bool is_part(const char *part, const char *function)
{
	size_t length = str_has_prefix(part, function);

	if (!length)
		return false;
	length = str_has_prefix(part += length, ".cold");
	return length && (!part[length] || part[length] == '.');
}

/* The unlikely parts of a function; added to @ranges, unless that is NULL. */
static size_t add_parts(const struct target *target, const char *function,
			struct code_ranges *ranges)
{
	const struct mod_kallsyms *symbols;
	size_t count = 0;
	unsigned int i;

	rcu_read_lock();
	symbols = symbols_of(target->mod);
	for (i = 1; i < symbols->num_symtab; i++) {
		if (!is_part(symbol_name(symbols, i), function))
			continue;
		if (ranges)
			ranges_add(ranges, symbols->symtab[i].st_value, symbols->symtab[i].st_size,
				   function);
		count++;
	}
	rcu_read_unlock();
	return count;
}

static size_t add_targets(const struct kpatch *patch, struct code_ranges *ranges)
{
	const struct kpatch_place_record *places = patch->description->places;
	size_t count = 0, i;

	for (i = 0; i < patch->count; i++) {
		const struct target *target = &patch->targets[i];

		if (!target->mod)
			continue;
		if (ranges)
			ranges_add(ranges, target->address, places[i].size, places[i].name);
		count += 1 + add_parts(target, places[i].name, ranges);
	}
	return count;
}

size_t targets_count_ranges(const struct kpatch *patch)
{
	return add_targets(patch, NULL);
}

void targets_add_ranges(const struct kpatch *patch, struct code_ranges *ranges)
{
	add_targets(patch, ranges);
}

static bool concerns(const struct kpatch *patch, const struct module *mod)
{
	size_t i;

	for (i = 0; i < patch->count; i++)
		if (in_module(patch, i, mod->name))
			return patch->state != PATCH_DISABLED;
	return false;
}

/* Its functions lead to where the patches in effect lead them; the later patch wins. */
static void set_targets(const struct module *mod)
{
	const struct kpatch *patch;
	size_t i;

	list_for_each_entry (patch, &kpatch_enabled, enabled)
		for (i = 0; i < patch->count; i++)
			if (patch->sites[i] && patch->targets[i].mod == mod)
				view_set_both(patch->sites[i],
					      (unsigned long)patch->description->funcs[i].new_addr);
}

static void detach_all(const struct module *mod)
{
	struct kpatch *patch;
	size_t i;

	list_for_each_entry (patch, &kpatch_registered, registered) {
		if (!concerns(patch, mod))
			continue;
		for (i = 0; i < patch->count; i++) {
			if (patch->targets[i].mod != mod)
				continue;
			site_drop(&patch->sites[i]);
			patch->targets[i] = (struct target){ 0 };
		}
	}
	sites_settle();
	sites_forget(mod);
	list_for_each_entry (patch, &kpatch_registered, registered)
		if (concerns(patch, mod))
			unrelocate_all(patch, mod);
}

static bool any_concerns(const struct module *mod)
{
	const struct kpatch *patch;

	list_for_each_entry (patch, &kpatch_registered, registered)
		if (concerns(patch, mod))
			return true;
	return false;
}

static int attach_all(const struct module *mod)
{
	struct kpatch *patch;
	int err = 0;

	list_for_each_entry (patch, &kpatch_registered, registered) {
		if (!concerns(patch, mod))
			continue;
		err = attach(patch, mod) ?: patch_take_sites(patch);
		if (err) {
			target_err(patch,
				   "the module %s cannot be patched, so it is not loaded; unload "
				   "the patch to load it [module-refused]\n",
				   mod->name);
			break;
		}
	}
	if (err)
		detach_all(mod);
	else
		set_targets(mod);
	return err;
}

static void forget_arrival(const struct module *mod)
{
	struct arrival *arrival, *next;

	list_for_each_entry_safe (arrival, next, &arrivals, list) {
		if (arrival->mod != mod)
			continue;
		list_del(&arrival->list);
		kfree(arrival);
	}
}

static int coming(const struct module *mod)
{
	struct arrival *arrival = may_fail(kzalloc(sizeof(*arrival), GFP_KERNEL), NULL);
	int err = 0;

	if (!arrival)
		return -ENOMEM;
	arrival->mod = mod;
	list_add(&arrival->list, &arrivals);
	if (any_concerns(mod))
		err = attach_all(mod);
	if (err)
		forget_arrival(mod);
	return err;
}

static void going(const struct module *mod)
{
	forget_arrival(mod);
	if (any_concerns(mod))
		detach_all(mod);
}

static int module_event(struct notifier_block *block, unsigned long event, void *data)
{
	const struct module *mod = data;
	int err = 0;

	mutex_lock(&kpatch_lock);
	if (event == MODULE_STATE_COMING)
		err = coming(mod);
	else if (event == MODULE_STATE_GOING)
		going(mod);
	else
		forget_arrival(mod);
	mutex_unlock(&kpatch_lock);
	return notifier_from_errno(err);
}

/* Before all but the one of build-id.c: what others do with the module can call its functions. */
static struct notifier_block module_block = {
	.notifier_call = module_event,
	.priority = INT_MAX - 1,
};

int targets_watch(void)
{
	return may_fail(register_module_notifier(&module_block), -ENOMEM);
}

void targets_unwatch(void)
{
	struct arrival *arrival, *next;

	unregister_module_notifier(&module_block);
	list_for_each_entry_safe (arrival, next, &arrivals, list)
		kfree(arrival);
}
