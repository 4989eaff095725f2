// SPDX-License-Identifier: GPL-2.0-only
#include "kinds.h"
#include "tables.h"
#include "util.h"

#include <ctype.h>

struct named_kind {
	const char *prefix;
	enum section_kind kind;
};

/*
 * Sections that the kernel gives a meaning by name (include/asm-generic/vmlinux.lds.h,
 * include/linux/init.h, Linux 6.1). The first row that is a prefix decides.
 */
static const struct named_kind named_kinds[] = {
	{ ".kpatch.", KIND_KPATCH },
	{ ".init", KIND_INIT },
	{ ".exit", KIND_INIT },
	{ ".initcall", KIND_INIT },
	{ ".con_initcall", KIND_INIT },
	{ ".ref.", KIND_UNKNOWN },
	{ "__ksymtab", KIND_EXPORT },
	{ "___ksymtab", KIND_EXPORT },
	{ "__kcrctab", KIND_EXPORT },
	{ "___kcrctab", KIND_EXPORT },
	{ ".export_symbol", KIND_EXPORT },
	/* what modinfo and the loader read of a module; compared as a whole */
	{ ".modinfo", KIND_EXPORT },
	{ ".altinstr_replacement", KIND_SNIPPET },
	{ ".altinstr_aux", KIND_SNIPPET },
	{ ".fixup", KIND_SNIPPET },
	/* made again by the target's objtool for the joined object */
	{ ".orc_", KIND_IGNORED },
	{ ".return_sites", KIND_IGNORED },
	{ ".retpoline_sites", KIND_IGNORED },
	{ ".call_sites", KIND_IGNORED },
	{ ".static_call_sites", KIND_IGNORED },
	{ ".ibt_endbr_seal", KIND_IGNORED },
	/* keeps symbols from being dropped; says nothing about code */
	{ ".discard.addressable", KIND_IGNORED },
	{ ".comment", KIND_IGNORED },
	{ ".note", KIND_IGNORED },
	/* an index for user space of what the code prints, not used by the code */
	{ ".printk_index", KIND_IGNORED },
};

static enum section_kind kind_by_flags(const struct section *sec)
{
	uint64_t flags = sec->shdr.sh_flags;

	if (sec->shdr.sh_type != SHT_PROGBITS && sec->shdr.sh_type != SHT_NOBITS)
		return KIND_IGNORED;
	if (has_prefix(sec->name, ".discard"))
		return KIND_UNKNOWN;
	if (!(flags & SHF_ALLOC))
		return KIND_IGNORED;
	if (flags & SHF_EXECINSTR)
		return KIND_TEXT;
	if (flags & SHF_WRITE)
		return KIND_DATA;
	if (flags & SHF_STRINGS)
		return KIND_STRINGS;
	if (flags & SHF_MERGE)
		return KIND_CONSTANTS;
	return KIND_RODATA;
}

enum section_kind section_kind(const struct section *sec)
{
	size_t i;

	if (find_table(sec->name))
		return KIND_TABLE;
	for (i = 0; i < sizeof(named_kinds) / sizeof(named_kinds[0]); i++) {
		if (has_prefix(sec->name, named_kinds[i].prefix))
			return named_kinds[i].kind;
	}
	return kind_by_flags(sec);
}

size_t base_length(const char *name)
{
	size_t n = strlen(name), end = n;

	while (end && isdigit((unsigned char)name[end - 1]))
		end--;
	return end > 1 && end < n && name[end - 1] == '.' ? end - 1 : n;
}

/* Skip a number of the compiler's at @s: ".12" before another dot or the end. */
static const char *skip_number(const char *s)
{
	const char *end = s + 1;

	if (*s != '.' || !isdigit((unsigned char)*end))
		return s;
	while (isdigit((unsigned char)*end))
		end++;
	return *end == '.' || !*end ? end : s;
}

static bool is_unique_id(const char *name)
{
	return has_prefix(name, "__UNIQUE_ID_");
}

int compare_bases(const char *a, const char *b)
{
	bool unique = is_unique_id(a) && is_unique_id(b);

	for (;;) {
		a = skip_number(a);
		b = skip_number(b);
		if (unique && isdigit((unsigned char)*a) && isdigit((unsigned char)*b)) {
			a += strspn(a, "0123456789");
			b += strspn(b, "0123456789");
			continue;
		}
		if (*a != *b || !*a)
			return (unsigned char)*a - (unsigned char)*b;
		a++;
		b++;
	}
}

bool is_numbered(const char *name)
{
	const char *s;

	for (s = strchr(name, '.'); s; s = strchr(s + 1, '.')) {
		if (skip_number(s) != s)
			return true;
	}
	return is_unique_id(name);
}

bool is_cold_part(const char *name)
{
	const char *cold = strstr(name, ".cold");

	return cold && !*skip_number(cold + strlen(".cold"));
}

/* Length of @name without one trailing ".cold", ".part", ".isra" or ".constprop". */
static size_t strip_suffix(const char *name, size_t n)
{
	static const char *const suffixes[] = { ".cold", ".part", ".isra", ".constprop" };
	size_t i, m;

	for (i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		m = strlen(suffixes[i]);
		if (n > m && !memcmp(name + n - m, suffixes[i], m))
			return n - m;
	}
	return n;
}

size_t parent_length(const char **start)
{
	const char *name = *start;
	size_t n, cut, digits;

	if (has_prefix(name, "__pfx_") || has_prefix(name, "__cfi_"))
		name += strlen("__pfx_");
	n = strlen(name);
	for (;;) {
		digits = n;
		while (digits && isdigit((unsigned char)name[digits - 1]))
			digits--;
		if (digits < n && digits > 1 && name[digits - 1] == '.')
			digits--;
		else
			digits = n;
		cut = strip_suffix(name, digits);
		if (cut == digits)
			break;
		n = cut;
	}
	*start = name;
	return n;
}

struct call_site_name {
	const char *base;
	const char *section; /* prefix of the section that the macro uses; NULL: any constant */
};

/*
 * DO_ONCE() also keeps its flag in .data.once (6.1), but that is state: a fresh
 * "___done" would run get_random_once() again. It is not in this list.
 */
static const struct call_site_name call_site_names[] = {
	{ "__func__", NULL },
	{ "__FUNCTION__", NULL },
	{ "__PRETTY_FUNCTION__", NULL },
	{ "CSWTCH", NULL },
	{ "__already_done", ".data.once" }, /* linux/once_lite.h */
	{ "__already_done", ".data..once" }, /* the same, later spelling */
	{ "__warned", ".data.unlikely" }, /* linux/rcupdate.h, lockdep's warnings */
	{ "__warned", ".data..unlikely" },
	{ "__warned", ".data.once" },
	{ "__key", ".bss" }, /* struct lock_class_key */
	{ "__key", ".data" },
	{ "descriptor", "__dyndbg" }, /* linux/dynamic_debug.h */
	{ "__UNIQUE_ID_ddebug", "__dyndbg" }, /* linux/dynamic_debug.h */
};

bool is_call_site_data(const struct object *obj, const struct section *sec)
{
	const struct symbol *sym = covering_symbol(obj, sec);
	size_t i, n;

	if (!sym || sym->bind != STB_LOCAL || sym->type != STT_OBJECT)
		return false;
	n = base_length(sym->name);
	for (i = 0; i < sizeof(call_site_names) / sizeof(call_site_names[0]); i++) {
		const struct call_site_name *row = &call_site_names[i];

		if (row->section ? !has_prefix(sec->name, row->section) : sec->kind != KIND_RODATA)
			continue;
		if (strlen(row->base) == n && !memcmp(row->base, sym->name, n))
			return true;
		if (row->section && !strcmp(row->section, "__dyndbg") &&
		    has_prefix(sym->name, row->base))
			return true;
	}
	return false;
}
