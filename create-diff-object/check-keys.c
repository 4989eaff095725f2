// SPDX-License-Identifier: GPL-2.0-only
/*
 * Static keys of the kernel that are __ro_after_init. Linux before 6.10 writes to each key that a
 * module branches on, when it loads that (jump_label_add_module() of kernel/jump_label.c), and
 * faults where the key is read-only by then.
 */
#include "check.h"
#include "kinds.h"
#include "parent.h"
#include "report.h"
#include "static-branches.h"
#include "tables.h"

#include <stdlib.h>
#include <string.h>

static bool is_sealed(const struct diff *diff, const struct rela *key)
{
	const struct object *obj = &diff->patched;
	const struct symbol *sym = &obj->symbols[key->symbol];
	const struct parent_symbol *found;
	bool ambiguous;

	if (key->target)
		return is_ro_after_init(&obj->sections[key->target]) &&
		       !obj->sections[key->target].carried;
	found = parent_lookup(diff->parent, sym->name, false, &ambiguous);
	return found && found->sealed;
}

static void check_key(struct diff *diff, const struct section *entry)
{
	const struct rela *code = rela_within(entry, JUMP_CODE, JUMP_CODE + 1);
	const struct rela *key = rela_within(entry, JUMP_KEY, JUMP_KEY + 1);
	const struct object *obj = &diff->patched;
	const struct section *function;
	struct spot spot;
	char *where;

	if (!code || !code->target || !key || !is_sealed(diff, key))
		return;
	function = &obj->sections[code->target];
	spot = spot_at(diff, function, (uint64_t)code->target_offset);
	where = branching_function(diff, spot);
	finding_at(diff, "read-only-static-key", spot,
		   "write static_key_enabled(&KEY) for the static branch in the patch",
		   "%s branches%s on the static key %s, which is read-only since the kernel has "
		   "started: this kernel would write to it when the patch is loaded, and stop",
		   section_label(obj, function), where,
		   key->target ? section_label(obj, &obj->sections[key->target])
			       : obj->symbols[key->symbol].name);
	free(where);
}

void check_keys(struct diff *diff)
{
	const struct section *sec;
	bool ambiguous;

	if (!patches_vmlinux(diff) ||
	    parent_lookup(diff->parent, PARENT_SEALS_KEYS, false, &ambiguous))
		return;
	for_each_section (&diff->patched, sec) {
		if (sec->carried && sec->table && !strcmp(sec->name, "__jump_table"))
			check_key(diff, sec);
	}
}
