// SPDX-License-Identifier: GPL-2.0-only
/*
 * Static keys and static calls of a module. The kernel reads a patch module's tables of
 * them when it loads it, before it applies the relocations that lead to the patched module
 * (apply_relocations() of kernel/module/main.c comes before klp_module_coming(), Linux
 * 6.1), so neither can be resolved, and code that uses one is refused.
 *
 * The key of a tracepoint is different: the branch of a tracepoint that nobody uses is not
 * taken, and patched code that does not trace is better than no patch. Its branch gets a key
 * of the patch module that is never switched on, and its static call, which is behind
 * the branch, becomes an ordinary one.
 */
#include "arch/arch.h"
#include "debug-info.h"
#include "exports.h"
#include "kinds.h"
#include "parent.h"
#include "passes.h"
#include "report.h"
#include "static-branches.h"
#include "tables.h"
#include "util.h"

#include <stdlib.h>
#include <string.h>

#define TRACEPOINT "__tracepoint_"
#define TRAMPOLINE "__SCT__"

/* What a reference leads to outside of the patch module. */
struct foreign {
	const char *name;
	const char *owner; /* the module that has it */
};

/* False where it is the kernel's, or comes with the patch, in this unit or another one. */
static bool is_of_module(const struct diff *diff, const struct rela *rela, struct foreign *foreign)
{
	const struct object *obj = &diff->patched;
	const struct symbol *sym = &obj->symbols[rela->symbol];
	bool ambiguous;

	*foreign = (struct foreign){ .owner = diff->parent_name };
	if (rela->target) {
		foreign->name = section_label(obj, &obj->sections[rela->target]);
		return !obj->sections[rela->target].carried;
	}
	foreign->name = sym->name;
	if (parent_lookup(diff->parent, sym->name, false, &ambiguous) || ambiguous)
		return true;
	foreign->owner = exporter_of(diff->exports, sym->name, NULL);
	if (foreign->owner)
		return !is_vmlinux(foreign->owner);
	foreign->owner = diff->parent_name;
	return !is_new_elsewhere(diff, sym);
}

static void switch_off(struct diff *diff, struct section *entry, struct spot spot,
		       const struct foreign *key)
{
	entry->inert = true;
	warning_at(diff, "tracepoint-inert", spot,
		   "trace the function with a kprobe as long as it is patched",
		   "the tracepoint %s of the module %s does not fire in the patched %s, since its "
		   "static key cannot be bound",
		   key->name + strlen(TRACEPOINT), key->owner, section_label(spot.obj, spot.sec));
}

static void check_key(struct diff *diff, struct section *entry)
{
	const struct rela *code = rela_within(entry, JUMP_CODE, JUMP_CODE + 1);
	const struct rela *key = rela_within(entry, JUMP_KEY, JUMP_KEY + 1);
	struct section *function;
	struct foreign foreign;
	struct spot spot;
	char *where;

	if (!code || !code->target || !key || !is_of_module(diff, key, &foreign))
		return;
	function = &diff->patched.sections[code->target];
	spot = spot_at(diff, function, (uint64_t)code->target_offset);
	if (has_prefix(foreign.name, TRACEPOINT)) {
		switch_off(diff, entry, spot, &foreign);
		return;
	}
	where = branching_function(diff, spot);
	finding_at(diff, "module-static-key", spot,
		   "write static_key_enabled(&KEY) for the static branch in the patch",
		   "%s branches%s on the static key %s of the module %s, which the kernel "
		   "reads when the patch is loaded, and the module may come later",
		   section_label(&diff->patched, function), where, foreign.name, foreign.owner);
	free(where);
}

static void check_static_call(struct diff *diff, const struct section *sec, const struct rela *rela)
{
	const char *name = diff->patched.symbols[rela->symbol].name;
	struct foreign foreign;

	if (!has_prefix(name, TRAMPOLINE) || is_tracepoint_call(name) ||
	    !is_of_module(diff, rela, &foreign) || !arch_x86_64.is_branch(sec, rela))
		return;
	finding_at(diff, "module-static-call", spot_at(diff, sec, rela->offset),
		   "write KPATCH_STATIC_CALL(NAME)(...) for static_call(NAME)(...) in the patch",
		   "%s makes the static call %s of the module %s, which the kernel reads when the "
		   "patch is loaded, and the module may come later",
		   section_label(&diff->patched, sec), foreign.name + strlen(TRAMPOLINE),
		   foreign.owner);
}

bool is_tracepoint_call(const char *name)
{
	return has_prefix(name, TRAMPOLINE "tp_func_");
}

void settle_module_keys(struct diff *diff)
{
	struct section *sec;
	const struct rela *rela;

	if (patches_vmlinux(diff))
		return;
	for_each_section (&diff->patched, sec) {
		if (!sec->carried)
			continue;
		if (sec->table && !strcmp(sec->name, "__jump_table"))
			check_key(diff, sec);
		if (sec->kind != KIND_TEXT)
			continue;
		for_each_rela (sec, rela)
			check_static_call(diff, sec, rela);
	}
}
