// SPDX-License-Identifier: GPL-2.0-only
#include "line-numbers.h"
#include "arch/arch.h"
#include "debug-info.h"
#include "kinds.h"
#include "line-arguments.h"
#include "lines.h"
#include "users.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

/* A number in the original and in the patched object. */
struct pair {
	uint64_t orig, patched;
};

/*
 * An inlined function got __LINE__ from its caller: the code has the lines of the inlined one,
 * and the number is that of the call.
 */
static bool is_line_of_call(struct diff *diff, const struct section *a, const struct section *b,
			    uint64_t at, struct pair line)
{
	struct origin orig, patched;
	bool found = false;
	size_t i;

	/* asking for the call means to read the line tables once more, with all that is inlined */
	if (same_lines(&diff->orig, a, &diff->patched, b) ||
	    !find_origin(diff, &diff->orig, a, at, &orig))
		return false;
	if (find_origin(diff, &diff->patched, b, at, &patched)) {
		for (i = 0; i < orig.nr_inlined && i < patched.nr_inlined && !found; i++)
			found = orig.inlined[i].call_line == line.orig &&
				patched.inlined[i].call_line == line.patched &&
				!strcmp(orig.inlined[i].name, patched.inlined[i].name);
		free_origin(&patched);
	}
	free_origin(&orig);
	return found;
}

/* Whether a string is the name of the source file, with or without folders. */
static bool is_file_name(const struct object *obj, const struct section *sec)
{
	size_t length = strlen(obj->label) + 1;
	const uint8_t *end;

	if (sec->kind != KIND_STRINGS || !sec->data || sec->size < length)
		return false;
	end = sec->data + sec->size;
	return !memcmp(end - length, obj->label, length) &&
	       (sec->size == length || end[-(ptrdiff_t)length - 1] == '/');
}

/* Whether some code of the line refers to the name of the source file. */
static bool has_file_name(struct object *obj, const struct section *sec, uint64_t line)
{
	const struct rela *rela;

	for_each_rela (sec, rela) {
		if (is_file_name(obj, &obj->sections[rela->target]) &&
		    place_has_line(obj, sec, rela->offset, line))
			return true;
	}
	return false;
}

/*
 * __FILE__ and __LINE__ on a line that a call goes on to: the line table has the first one only.
 * Both objects must agree about how far it is.
 */
static bool is_line_further_on(struct diff *diff, const struct section *a, const struct section *b,
			       uint64_t at, struct pair line)
{
	uint64_t further = lines_behind(&diff->orig, a, at, line.orig);

	return further && further == lines_behind(&diff->patched, b, at, line.patched) &&
	       has_file_name(&diff->orig, a, line.orig - further) &&
	       has_file_name(&diff->patched, b, line.patched - further);
}

/* __LINE__ as an argument: the instruction's own line. */
static bool is_line_in_code(struct diff *diff, const struct section *a, const struct section *b,
			    uint64_t at, uint64_t *next)
{
	struct immediate ia, ib;
	struct pair line;

	if (!arch_x86_64.immediate_at(a, at, &ia) || !arch_x86_64.immediate_at(b, at, &ib) ||
	    ia.instruction != ib.instruction || ia.start != ib.start || ia.end != ib.end)
		return false;
	*next = ib.end;
	if (!has_lines(&diff->orig) || !has_lines(&diff->patched))
		return is_line_argument(&diff->orig, a, &ia) &&
		       is_line_argument(&diff->patched, b, &ib);
	if (place_has_line(&diff->orig, a, ia.instruction, ia.value) &&
	    place_has_line(&diff->patched, b, ib.instruction, ib.value))
		return true;
	line = (struct pair){ ia.value, ib.value };
	return is_line_further_on(diff, a, b, ib.instruction, line) ||
	       is_line_of_call(diff, a, b, ib.instruction, line);
}

static uint64_t little_endian(const uint8_t *data, size_t width)
{
	uint64_t value = 0;

	while (width--)
		value = value << 8 | data[width];
	return value;
}

/* Whether the function that a descriptor is for has code on that line. */
static bool is_in_function(struct object *obj, const struct section *sec, const struct rela *rela,
			   uint64_t line)
{
	const struct section *function = sec;

	if (sec->kind == KIND_TABLE)
		function = &obj->sections[sec->owner];
	return section_has_line(obj, function, line) ||
	       section_has_line(obj, &obj->sections[function->cold], line) ||
	       section_has_line(obj, &obj->sections[function->owner], line);
}

/* Whether the instruction that refers to a string is on that line. */
static bool is_on_line(struct object *obj, const struct section *sec, const struct rela *rela,
		       uint64_t line)
{
	return sec->kind != KIND_TABLE && place_has_line(obj, sec, rela->offset, line);
}

typedef bool user_rule(struct object *obj, const struct section *sec, const struct rela *rela,
		       uint64_t line);

/* Whether @rule holds for code that refers to @data, or for a table entry of the code. */
static bool has_user(struct object *obj, const struct section *data, user_rule *rule, uint64_t line)
{
	size_t nr, i;
	const struct user *users = find_users(obj, section_index(obj, data), &nr);

	for (i = 0; i < nr; i++) {
		const struct section *sec = &obj->sections[users[i].section];

		if (rule(obj, sec, &sec->relas[users[i].rela], line))
			return true;
	}
	return false;
}

static bool have_users(struct diff *diff, const struct section *a, const struct section *b,
		       user_rule *rule, struct pair line)
{
	return has_user(&diff->orig, a, rule, line.orig) &&
	       has_user(&diff->patched, b, rule, line.patched);
}

/* Whether the instruction that a table entry is for, by its first field, is on that line. */
static bool entry_is_on_line(struct object *obj, const struct section *entry, uint64_t line)
{
	const struct rela *place = &entry->relas[0];

	return place_has_line(obj, &obj->sections[place->target], (uint64_t)place->target_offset,
			      line);
}

/*
 * struct bug_entry (asm-generic/bug.h, Linux 6.1 to 7.2) ends in the line and the flags, 16
 * bits each. Its first field is the place; where the code loads the address of the entry (WARN()
 * of Linux 7.2) that is behind the load, which has the line.
 */
static bool is_line_of_bug(struct diff *diff, const struct section *a, const struct section *b,
			   uint64_t at, uint64_t *next)
{
	enum { WITH_LINE = 12 }; /* without CONFIG_DEBUG_BUGVERBOSE there is none: 8 */
	uint64_t field = b->size - 4;
	struct pair line;

	if (a->size != b->size || b->size < WITH_LINE || at < field || at >= field + 2 ||
	    !a->nr_relas || !b->nr_relas)
		return false;
	*next = field + 2;
	if (!has_lines(&diff->orig) || !has_lines(&diff->patched))
		return true;
	line = (struct pair){ little_endian(a->data + field, 2),
			      little_endian(b->data + field, 2) };
	/* nothing but a line is ever there; of code that has moved it may be one further on */
	return !same_lines(&diff->orig, &diff->orig.sections[a->owner], &diff->patched,
			   &diff->patched.sections[b->owner]) ||
	       (entry_is_on_line(&diff->orig, a, line.orig) &&
		entry_is_on_line(&diff->patched, b, line.patched)) ||
	       have_users(diff, a, b, is_on_line, line);
}

/*
 * struct _ddebug (linux/dynamic_debug.h, Linux 6.1): four pointers, then a word whose lower
 * 18 bits are the line. All that refers to it may be the static branch of its entry in the
 * jump table, an inline function that has the line of its header.
 */
static bool is_line_of_descriptor(struct diff *diff, const struct section *a,
				  const struct section *b, uint64_t at, uint64_t *next)
{
	const uint64_t field = 32, mask = (1 << 18) - 1;
	struct pair word;

	if (at < field || at >= field + 4 || a->size < field + 4 || b->size < field + 4)
		return false;
	*next = field + 4;
	word = (struct pair){ little_endian(a->data + field, 4),
			      little_endian(b->data + field, 4) };
	if ((word.orig ^ word.patched) & ~mask)
		return false;
	word.orig &= mask;
	word.patched &= mask;
	return have_users(diff, a, b, is_in_function, word);
}

/*
 * Data for the sanitizer's handlers begins with the place in the source: file, line and
 * column (struct source_location of lib/ubsan.h), which the compiler fills and nobody else. A
 * description of a type begins otherwise, and refers to nothing.
 */
static bool is_place_in_source(const struct section *a, const struct section *b, uint64_t at,
			       uint64_t *next)
{
	const uint64_t field = 8, end = 16;

	if (!is_sanitizer_data(b) || !a->nr_relas || !b->nr_relas || a->relas[0].offset ||
	    b->relas[0].offset || at < field || at >= end)
		return false;
	*next = end;
	return true;
}

bool is_line_number(struct diff *diff, const struct section *a, const struct section *b,
		    uint64_t at, uint64_t *next)
{
	if (b->shdr.sh_flags & SHF_EXECINSTR)
		return is_line_in_code(diff, a, b, at, next);
	if (!strcmp(b->name, "__bug_table"))
		return is_line_of_bug(diff, a, b, at, next);
	if (!strcmp(b->name, "__dyndbg"))
		return is_line_of_descriptor(diff, a, b, at, next);
	return is_place_in_source(a, b, at, next);
}

/* The number at *@at of a string, and *@at behind it. Ten digits are no line. */
static uint64_t decimal(const struct section *sec, uint64_t *at)
{
	uint64_t value = 0, end = *at + 9;

	while (*at < end && *at < sec->size && isdigit(sec->data[*at]))
		value = value * 10 + (uint64_t)(sec->data[(*at)++] - '0');
	return value;
}

/* Fortified functions tell where they were called: "… at net/socket.c:2527". */
bool same_but_for_line(struct diff *diff, const struct section *a, uint64_t at_a,
		       const struct section *b, uint64_t at_b)
{
	uint64_t start = at_b;
	struct pair line;

	if (!a->data || !b->data)
		return false;
	while (at_a < a->size && at_b < b->size && a->data[at_a] == b->data[at_b]) {
		at_a++;
		at_b++;
	}
	while (at_b > start && isdigit(b->data[at_b - 1])) {
		at_a--;
		at_b--;
	}
	line = (struct pair){ decimal(a, &at_a), decimal(b, &at_b) };
	return a->size - at_a == b->size - at_b &&
	       !memcmp(a->data + at_a, b->data + at_b, a->size - at_a) &&
	       have_users(diff, a, b, is_on_line, line);
}
