// SPDX-License-Identifier: GPL-2.0-only
/* Where kprobes have changed the kernel's code. */
#include <stdlib.h>
#include <string.h>

#include "kpatch/cleanup.h"
#include "kpatch/files.h"
#include "kpatch/message.h"
#include "kpatch/probes.h"

/* "ffffffff81234567  k  do_sys_open+0x5    [OPTIMIZED]". On ftrace's sites they leave no trace. */
static void add_probe(struct probes *probes, const char *line)
{
	char *end;
	struct probe probe = { .address = strtoull(line, &end, 16) };
	struct probe *items;

	if (end == line || *end != ' ' || strstr(line, "[FTRACE]"))
		return;
	probe.optimised = strstr(line, "[OPTIMIZED]");
	items = reallocarray(probes->items, probes->count + 1, sizeof(*items));
	if (!items)
		out_of_memory();
	probes->items = items;
	probes->items[probes->count++] = probe;
}

void probes_read(struct probes *probes, const char *path)
{
	_cleanup_free_ char *text = read_file(path, NULL);
	char *rest = text, *line;

	*probes = (struct probes){ .known = text != NULL };
	while (rest && (line = strsep(&rest, "\n")))
		add_probe(probes, line);
}

void probes_free(struct probes *probes)
{
	free(probes->items);
	*probes = (struct probes){ .items = NULL };
}
