// SPDX-License-Identifier: GPL-2.0-only
#include "static-branches.h"
#include "debug-info.h"
#include "util.h"

#include <stdlib.h>
#include <string.h>

static const char *base_name(const char *path)
{
	const char *slash = path ? strrchr(path, '/') : NULL;

	return slash ? slash + 1 : path;
}

/*
 * The innermost ones make the branch (arch_static_branch() of asm/jump_label.h, static_key_false()
 * of linux/jump_label.h).
 */
char *branching_function(const struct diff *diff, struct spot spot)
{
	struct origin origin;
	const char *makers, *file;
	char *text = NULL;
	size_t i;

	if (!find_origin(diff, spot.obj, spot.sec, spot.offset, &origin))
		return xasprintf("%s", "");
	makers = origin.nr_inlined ? base_name(origin.inlined[0].file) : NULL;
	for (i = 1; makers && !text && i < origin.nr_inlined; i++) {
		file = base_name(origin.inlined[i].file);
		if (file && strcmp(file, makers))
			text = xasprintf(", in %s() which is inlined there,",
					 origin.inlined[i].name);
	}
	free_origin(&origin);
	return text ? text : xasprintf("%s", "");
}
