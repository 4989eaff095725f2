// SPDX-License-Identifier: GPL-2.0-only
#include "code-places.h"
#include "util.h"

bool leads_inside(const struct object *obj, const struct rela *rela)
{
	const struct section *target = &obj->sections[rela->target];

	if (!rela->target || target->kind != KIND_TEXT)
		return false;
	/* the start of an unlikely part is a label as well */
	return target->owner || rela->target_offset != (int64_t)entry_offset(obj, target);
}

uint32_t *find_code_places(const struct object *obj)
{
	uint32_t *functions = xcalloc(obj->nr_sections, sizeof(*functions));
	const struct section *sec;
	const struct rela *rela;

	for_each_section (obj, sec) {
		if (sec->split || (sec->kind != KIND_RODATA && sec->kind != KIND_DATA))
			continue;
		for_each_rela (sec, rela) {
			if (leads_inside(obj, rela))
				functions[section_index(obj, sec)] = function_of(obj, rela->target);
		}
	}
	return functions;
}
