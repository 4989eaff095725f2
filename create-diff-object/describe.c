// SPDX-License-Identifier: GPL-2.0-only
#include "describe.h"
#include "util.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* So many characters of a string are enough to find it in the source. */
#define SHOWN 60

static void put_character(FILE *out, uint8_t c)
{
	switch (c) {
	case '\n':
		fputs("\\n", out);
		break;
	case '\t':
		fputs("\\t", out);
		break;
	case '"':
	case '\\':
		fprintf(out, "\\%c", c);
		break;
	default:
		if (isprint(c))
			fputc(c, out);
		else
			fprintf(out, "\\%03o", c);
	}
}

static FILE *open_text(char **text, size_t *size)
{
	FILE *out = open_memstream(text, size);

	if (!out)
		fatal("no-memory", "out of memory");
	return out;
}

/* Of wide characters, which ASCII mostly is in a kernel, the low bytes are shown. */
char *describe_string(const struct section *sec, uint64_t offset)
{
	uint64_t width = sec->shdr.sh_entsize ? sec->shdr.sh_entsize : 1, at;
	size_t size, shown = 0;
	char *text;
	FILE *out = open_text(&text, &size);

	fputc('"', out);
	for (at = offset; sec->data && at < sec->size && sec->data[at] && shown < SHOWN;
	     at += width, shown++)
		put_character(out, sec->data[at]);
	fputs(shown == SHOWN ? "\"..." : "\"", out);
	fclose(out);
	return text;
}

char *describe_target(const struct object *obj, const struct rela *rela)
{
	const struct section *sec = &obj->sections[rela->target];
	int64_t offset = rela->target_offset;
	const char *name;

	if (rela->target && sec->kind == KIND_STRINGS && offset >= 0)
		return describe_string(sec, (uint64_t)offset);
	if (rela->target)
		offset -= (int64_t)entry_offset(obj, sec);
	name = rela->target ? section_label(obj, sec) : obj->symbols[rela->symbol].name;
	if (!offset)
		return xasprintf("%s", name);
	return xasprintf("%s%c0x%" PRIx64, name, offset < 0 ? '-' : '+',
			 offset < 0 ? -(uint64_t)offset : (uint64_t)offset);
}
