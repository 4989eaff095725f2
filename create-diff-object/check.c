// SPDX-License-Identifier: GPL-2.0-only
/* Everything that speaks against the patch: a rule each, all of them run. */
#include "check.h"
#include "passes.h"
#include "util.h"

bool is_changed(const struct section *sec)
{
	return !sec->split && (sec->status == STATUS_CHANGED || sec->status == STATUS_NEW);
}

bool is_gone(const struct section *sec)
{
	return !sec->split && !sec->twin && (sec->symbol || sec->nr_relas) && sec->size;
}

bool *find_used(const struct object *obj)
{
	bool *used = xcalloc(obj->nr_sections, sizeof(*used));
	const struct section *sec;
	const struct rela *rela;

	for_each_section (obj, sec) {
		if (!sec->carried)
			continue;
		for_each_rela (sec, rela)
			used[rela->target] = true;
	}
	return used;
}

bool is_replaced(const struct section *sec)
{
	return sec->carried && sec->kind == KIND_TEXT && sec->status == STATUS_CHANGED &&
	       !sec->owner;
}

bool anything_carried(const struct object *obj)
{
	const struct section *sec;

	for_each_section (obj, sec) {
		if (sec->carried)
			return true;
	}
	return false;
}

void check(struct diff *diff)
{
	static void (*const rules[])(struct diff *) = {
		check_data,	check_code_places, check_walked,
		check_exports,	check_binding,	   check_fentry,
		check_unnamed,	check_aliases,	   check_shared_data,
		check_names,	check_tail_calls,  check_statics,
		check_unknown,	check_relas,	   check_removed,
		check_once,	check_endless,	   check_keys,
		check_outlives, check_init, /* asks for what the others found */
	};
	size_t i;

	for (i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		rules[i](diff);
}
