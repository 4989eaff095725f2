// SPDX-License-Identifier: GPL-2.0-only
/*
 * The symbols of a parent, from what "readelf --wide --symbols" (binutils) prints: per
 * symbol table a line with its name and the number of entries, a line of headings, and a
 * line an entry of number, value, size, type, binding, visibility, section and name.
 */
#include "parent-reader.h"
#include "util.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct text {
	struct parent *parent;
	const char *path;
	size_t line;
	bool in_symtab;
	uint32_t announced; /* entries that the table says it has */
	uint32_t seen;
};

struct word {
	const char *start;
	size_t length;
};

struct name_of {
	const char *name;
	uint16_t value;
};

static const struct name_of types[] = {
	{ "NOTYPE", STT_NOTYPE },   { "OBJECT", STT_OBJECT },	{ "FUNC", STT_FUNC },
	{ "SECTION", STT_SECTION }, { "FILE", STT_FILE },	{ "COMMON", STT_COMMON },
	{ "TLS", STT_TLS },	    { "IFUNC", STT_GNU_IFUNC }, { NULL, STT_NOTYPE },
};

static const struct name_of binds[] = {
	{ "LOCAL", STB_LOCAL },
	{ "GLOBAL", STB_GLOBAL },
	{ "WEAK", STB_WEAK },
	{ "UNIQUE", STB_GNU_UNIQUE },
	{ NULL, 0 },
};

static const struct name_of places[] = {
	{ "UND", SHN_UNDEF },
	{ "ABS", SHN_ABS },
	{ "COM", SHN_COMMON },
	{ NULL, 0 },
};

static void __attribute__((noreturn)) bad_line(const struct text *text)
{
	fatal("bad-symtab-text",
	      "%s:%zu: not a line of a symbol table; give the ELF file, or the whole of what "
	      "readelf --wide --symbols prints of it",
	      text->path, text->line);
}

static bool is_word(struct word word, const char *s)
{
	return strlen(s) == word.length && !memcmp(s, word.start, word.length);
}

static bool next_word(const char **at, struct word *word)
{
	const char *s = *at;

	while (*s == ' ')
		s++;
	word->start = s;
	while (*s && *s != ' ')
		s++;
	word->length = (size_t)(s - word->start);
	*at = s;
	return word->length;
}

/* The value that the table has for a word, or -1. */
static int lookup(const struct name_of *table, struct word word)
{
	for (; table->name; table++) {
		if (is_word(word, table->name))
			return table->value;
	}
	return -1;
}

static uint64_t number(const struct text *text, struct word word, int base)
{
	char *end;
	uint64_t value;

	if (!isxdigit((unsigned char)*word.start))
		bad_line(text);
	value = strtoull(word.start, &end, base);
	if (end != word.start + word.length)
		bad_line(text);
	return value;
}

static uint16_t section_number(const struct text *text, struct word word)
{
	int found = lookup(places, word);

	if (found >= 0)
		return (uint16_t)found;
	/* "PRC[0xff20]" and the like: places that only some machines have */
	if (*word.start < '0' || *word.start > '9')
		return SHN_XINDEX;
	return (uint16_t)number(text, word, 10);
}

/* An entry as words; the name may be empty. */
struct entry {
	struct word value, size, type, bind, section;
	const char *name;
};

static void split_entry(const struct text *text, const char *at, struct entry *entry)
{
	struct word visibility;

	if (!next_word(&at, &entry->value) || !next_word(&at, &entry->size) ||
	    !next_word(&at, &entry->type) || !next_word(&at, &entry->bind) ||
	    !next_word(&at, &visibility) || !next_word(&at, &entry->section))
		bad_line(text);
	/* "[<other>: 88]" stands behind the visibility where st_other has more bits */
	while (*entry->section.start == '[' ||
	       entry->section.start[entry->section.length - 1] == ']') {
		if (!next_word(&at, &entry->section))
			bad_line(text);
	}
	while (*at == ' ')
		at++;
	entry->name = at;
	/* what readelf cuts off without --wide */
	if (has_suffix(at, "[...]"))
		bad_line(text);
}

/*
 * Which sections of a module are for its init is not in the text: all count as staying,
 * and parent_position() is careful with names that occur several times.
 */
static void keep_entry(const struct text *text, const struct entry *entry,
		       struct parent_symbol *sym)
{
	struct parent *parent = text->parent;

	sym->address = number(text, entry->value, 16);
	sym->size = number(text, entry->size, has_prefix(entry->size.start, "0x") ? 16 : 10);
	sym->shndx = section_number(text, entry->section);
	sym->name = entry->name;
	sym->in_kernel = parent->is_vmlinux ? vmlinux_keeps(sym)
					    : sym->shndx != SHN_UNDEF && *sym->name;
	sym->name = parent_own(parent, entry->name, strlen(entry->name));
	parent_add(parent, sym);
}

static void read_entry(struct text *text, const char *at)
{
	struct parent_symbol sym = { .order = text->seen };
	struct entry entry;
	size_t length;
	int type, bind;

	split_entry(text, at, &entry);
	type = lookup(types, entry.type);
	bind = lookup(binds, entry.bind);
	if (bind < 0)
		bad_line(text);
	sym.type = type < 0 ? STT_NOTYPE : (uint8_t)type;
	sym.bind = (uint8_t)bind;
	length = strlen(entry.name);
	if (!text->seen++)
		return; /* the null entry */
	/* the upper half of the addresses is the kernel's */
	if (*entry.value.start == 'f' && entry.value.length == 16 &&
	    lookup(places, entry.section) < 0)
		text->parent->is_linked = true;
	parent_note(text->parent, sym.order, sym.type, sym.bind, entry.name, length);
	if (parent_wants(text->parent, entry.name, length))
		keep_entry(text, &entry, &sym);
}

/* "Symbol table '.symtab' contains 119021 entries:"; others, as .dynsym, are passed over. */
static void begin_table(struct text *text, const char *line)
{
	static const char symtab[] = "Symbol table '.symtab' contains ";

	text->in_symtab = has_prefix(line, symtab);
	if (text->in_symtab)
		text->announced = (uint32_t)strtoul(line + strlen(symtab), NULL, 10);
}

/* "123:" */
static bool is_entry_number(uint32_t seen, struct word word)
{
	uint64_t value = 0;
	size_t i;

	for (i = 0; i + 1 < word.length && isdigit((unsigned char)word.start[i]); i++)
		value = value * 10 + (uint64_t)(word.start[i] - '0');
	return i + 1 == word.length && word.start[i] == ':' && value == seen;
}

static void read_line(struct text *text, const char *line)
{
	struct word first;
	const char *at = line;

	if (has_prefix(line, "Symbol table ")) {
		begin_table(text, line);
		return;
	}
	if (!next_word(&at, &first) || is_word(first, "Num:") || is_word(first, "File:"))
		return;
	if (!text->in_symtab && text->announced)
		return;
	if (!text->in_symtab || !is_entry_number(text->seen, first))
		bad_line(text);
	read_entry(text, at);
}

void parent_read_text(struct parent *parent, const char *path)
{
	struct text text = { .parent = parent, .path = path };
	size_t size = 0;
	char *line = NULL;
	ssize_t length;
	FILE *in;
	int fd = dup(parent->fd);

	if (fd < 0 || lseek(fd, 0, SEEK_SET) < 0 || !(in = fdopen(fd, "r")))
		fatal("cannot-open", "%s cannot be read", path);
	while ((length = getline(&line, &size, in)) > 0) {
		text.line++;
		if (memchr(line, '\0', (size_t)length))
			bad_line(&text);
		if (line[length - 1] == '\n')
			line[length - 1] = '\0';
		read_line(&text, line);
	}
	free(line);
	fclose(in);
	if (!text.seen)
		fatal("no-symbols",
		      "%s is neither an ELF file nor what readelf --wide --symbols prints of one "
		      "that has a symbol table",
		      path);
	if (text.seen != text.announced)
		fatal("bad-symtab-text",
		      "%s: ends after %" PRIu32 " of %" PRIu32 " symbols; give the whole of what "
		      "readelf --wide --symbols prints",
		      path, text.seen, text.announced);
}
