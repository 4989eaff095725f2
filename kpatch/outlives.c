// SPDX-License-Identifier: GPL-2.0-only
/* Addresses in a patch module that may be kept by what outlives it. */
#include <errno.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>

#include "kmod/patch/kpatch-info.h"
#include "kpatch/cleanup.h"
#include "kpatch/message.h"
#include "kpatch/outlives.h"

#define SHOWN 8 /* names in a message */

static void add_names(struct names *names, const char *text, size_t size)
{
	const char *end = text + size;

	while (text < end) {
		size_t length = strnlen(text, end - text);
		_cleanup_free_ char *name = print_string("%.*s", (int)length, text);

		printable(name);
		names_add(names, name);
		text += length + 1;
	}
}

/* False: they are damaged. */
static bool read_notes(struct names *names, char *bytes, size_t size)
{
	Elf_Data data = {
		.d_buf = bytes,
		.d_type = ELF_T_NHDR,
		.d_version = EV_CURRENT,
		.d_size = size,
	};
	size_t next, name, text, offset = 0;
	GElf_Nhdr header;

	while ((next = gelf_getnote(&data, offset, &header, &name, &text)) > 0) {
		if (header.n_type == KPATCH_NOTE_OUTLIVES &&
		    header.n_namesz == sizeof(KPATCH_NOTE_NAME) &&
		    memcmp(bytes + name, KPATCH_NOTE_NAME, sizeof(KPATCH_NOTE_NAME)) == 0)
			add_names(names, bytes + text, header.n_descsz);
		offset = next;
	}
	return offset >= size;
}

struct names outlives_names(const char *name)
{
	_cleanup_free_ char *path = print_string("/sys/module/%s/notes/" KPATCH_NOTE_SECTION, name);
	struct names names = { 0 };
	size_t size = 0;
	_cleanup_free_ char *bytes = read_file(path, &size);

	if (bytes ? !read_notes(&names, bytes, size) : errno != ENOENT)
		names_add(&names, "what its note, which cannot be read, names");
	return names;
}

char *outlives_words(const struct names *names)
{
	size_t shown = names->count > SHOWN ? SHOWN : names->count;
	char *words = print_string("%s", "");

	for (size_t i = 0; i < shown; i++) {
		_cleanup_free_ char *before = words;

		words = print_string("%s%s%s", before, i ? ", " : "", names->items[i]);
	}
	if (shown < names->count) {
		_cleanup_free_ char *before = words;

		words = print_string("%s and %zu more", before, names->count - shown);
	}
	return words;
}

static bool refuse(const char *name, const char *way_out)
{
	_cleanup_(names_free) struct names names = outlives_names(name);
	_cleanup_free_ char *words = outlives_words(&names);

	if (names.count == 0)
		return false;
	error("address-outlives",
	      "%s: its module cannot be removed safely: the patch hands on the addresses of %s, "
	      "and a timer, a work, a thread or an open file that has kept one would crash the "
	      "kernel then; %s, or remove it if you know that nothing has kept one (kpatch unload "
	      "--outlives)",
	      name, words, way_out);
	return true;
}

bool outlives_refuse(const char *name)
{
	return refuse(name, "leave it loaded, or switch the patch off and leave its code in memory "
			    "(kpatch unload --keep-module)");
}

bool outlives_refuse_anew(const char *name)
{
	return refuse(name, "it is disabled, and would have to be removed to be loaded anew: give "
			    "the patch another name (kpatch-build --name)");
}

bool outlives_note_stays(const char *name)
{
	_cleanup_(names_free) struct names names = outlives_names(name);
	_cleanup_free_ char *words = outlives_words(&names);

	if (names.count == 0)
		return false;
	note("%s: its module stays loaded: its code may have run, which hands on the addresses "
	     "of %s (kpatch unload --outlives %s removes it)",
	     name, words, name);
	return true;
}
