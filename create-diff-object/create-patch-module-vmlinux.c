// SPDX-License-Identifier: GPL-2.0-only
#include "create-patch-module-vmlinux.h"

#include "parent.h"

void vmlinux_each(const char *path, void (*each)(void *context, const struct vmlinux_symbol *sym),
		  void *context)
{
	struct parent *parent = load_parent(path, "vmlinux", NULL, NULL);
	const struct parent_symbol *sym = NULL;

	while ((sym = parent_next(parent, sym)))
		each(context, &(struct vmlinux_symbol){ .name = sym->name,
							.address = sym->address,
							.size = sym->size,
							.in_kernel = sym->in_kernel,
							.global = sym->bind == STB_GLOBAL,
							.function = sym->type == STT_FUNC,
							.parent = parent,
							.symbol = sym });
	free_parent(parent);
}

uint64_t vmlinux_position(const struct vmlinux_symbol *sym)
{
	int position = parent_position(sym->parent, sym->symbol);

	return position < 0 ? UINT64_MAX : (uint64_t)position;
}
