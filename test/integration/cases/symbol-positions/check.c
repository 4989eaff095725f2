// SPDX-License-Identifier: GPL-2.0-only
/* Compares what the kernel's livepatch core has put into the table of rows.awk. */
#include <linux/livepatch.h>
#include <linux/printk.h>

struct position {
	u64 resolved; /* the symbol of this name and position, by a livepatch relocation */
	u64 base; /* a symbol whose name is unique, or 0 */
	u64 distance; /* where the symbol has to be, from base */
	const char *name;
	u64 position;
};

extern const struct position positions_begin[], positions_end[];

int check_positions(struct klp_object *obj);

/* A pre-patch callback: a symbol in the wrong place keeps the patch from being applied. */
int check_positions(struct klp_object *obj)
{
	const struct position *row;
	unsigned int wrong = 0;

	for (row = positions_begin; row < positions_end; row++) {
		if (row->resolved - row->base == row->distance)
			continue;
		if (wrong++ < 20)
			pr_err("kpatch-test: %s,%llu is wrong by %lld\n", row->name, row->position,
			       row->resolved - row->base - row->distance);
	}
	pr_info("kpatch-test: %s: %td positions, %u wrong\n", obj->name ?: "vmlinux",
		positions_end - positions_begin, wrong);
	return wrong ? -ERANGE : 0;
}
