// SPDX-License-Identifier: GPL-2.0-only
/* Instructions: what the relocations do not tell about references of code. */
#include "arch/arch.h"
#include "labels.h"
#include "normalise.h"
#include "util.h"

#include <inttypes.h>

struct code {
	const struct object *obj;
	const struct labels *labels;
	const uint32_t *functions; /* those of the section, by place */
	size_t nr_functions;
	uint32_t section;
};

static uint64_t function_at(const struct code *code, uint64_t offset)
{
	const struct symbol *symbols = code->obj->symbols;
	size_t low = 0, high = code->nr_functions;

	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (symbols[code->functions[mid]].value <= offset)
			low = mid;
		else
			high = mid;
	}
	return symbols[code->functions[low]].value;
}

static bool leaves_function(const void *ctx, uint64_t from, uint64_t to)
{
	return function_at(ctx, from) != function_at(ctx, to);
}

static uint32_t symbol_before(const void *ctx, uint64_t offset, uint64_t *value)
{
	const struct code *code = ctx;
	uint32_t symbol = label_before(code->labels, code->obj, code->section, (int64_t)offset);

	*value = code->obj->symbols[symbol].value;
	return symbol;
}

static void decode(struct object *obj, const struct covers *covers, const struct labels *labels,
		   struct section *sec)
{
	uint32_t index = section_index(obj, sec);
	struct code code = {
		.obj = obj,
		.labels = labels,
		.functions = covers->symbols + covers->first[index],
		.nr_functions = covers->first[index + 1] - covers->first[index],
		.section = index,
	};
	const struct branch_rules rules = { leaves_function, symbol_before, &code };
	uint64_t where = 0;

	if (!sec->data || !(sec->shdr.sh_flags & SHF_EXECINSTR))
		return;
	if (!arch_x86_64.decode_section(sec, code.nr_functions > 1 ? &rules : NULL, &where))
		fatal("unknown-instruction",
		      "%s: %s+0x%" PRIx64 " holds an instruction that cannot be decoded", obj->path,
		      sec->name, where);
}

void decode_all(struct object *obj, const struct covers *covers)
{
	struct section *sec;
	struct labels labels;

	find_labels(&labels, obj, false);
	for_each_section (obj, sec)
		decode(obj, covers, &labels, sec);
	free_labels(&labels);
}
