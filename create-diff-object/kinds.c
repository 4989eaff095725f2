// SPDX-License-Identifier: GPL-2.0-only
#include "kinds.h"
#include "tables.h"
#include "util.h"

#include <ctype.h>

#define BTF_IDS ".BTF_ids"
#define BTF_ID	"__BTF_ID__"

/* ___EXPORT_SYMBOL() of linux/export.h, Linux 6.12 */
#define EXPORT_LABEL "__export_symbol_"

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
	/* names and name spaces; before the rows that use them */
	{ "__ksymtab_strings", KIND_STRINGS },
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
	/* const, but written by the linker: __annotate_jump_table of linux/compiler.h, Linux 6.12 */
	{ ".data.rel.ro.c_jump_table", KIND_RODATA },
	/* an index for user space of what the code prints, not used by the code */
	{ ".printk_index", KIND_IGNORED },
	/* for the kernel's build: which tracepoints have a caller, which exports must stay */
	{ "__tracepoint_check", KIND_IGNORED }, /* linux/tracepoint.h, Linux 7.2 */
	{ ".no_trim_symbol", KIND_IGNORED }, /* linux/module.h, Linux 7.2 */
};

static enum section_kind kind_by_flags(const struct section *sec)
{
	uint64_t flags = sec->shdr.sh_flags;

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

/* Code or data; what a linker or debugger reads is not, whatever it is called. */
static bool is_program(uint32_t type)
{
	return type == SHT_PROGBITS || type == SHT_NOBITS || type == SHT_INIT_ARRAY ||
	       type == SHT_FINI_ARRAY || type == SHT_PREINIT_ARRAY;
}

enum section_kind section_kind(const struct section *sec)
{
	size_t i;

	if (!is_program(sec->shdr.sh_type))
		return KIND_IGNORED;
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

const char *btf_id_number(const char *name)
{
	const char *end = name + strlen(name), *number = end;

	if (!has_prefix(name, BTF_ID))
		return NULL;
	while (number > name && isdigit((unsigned char)number[-1]))
		number--;
	return number < end && number[-1] == '_' && number[-2] == '_' ? number : NULL;
}

/*
 * From where on the digits of a name say nothing: what __UNIQUE_ID() or BTF_ID() made of it;
 * clang puts the name of the function in front. NULL: nowhere.
 */
static const char *unique_id(const char *name)
{
	const char *id = strstr(name, UNIQUE_ID);

	return id && (id == name || id[-1] == '.') ? id : btf_id_number(name);
}

const char *export_label_name(const char *name)
{
	return has_prefix(name, EXPORT_LABEL) ? name + strlen(EXPORT_LABEL) : NULL;
}

bool is_btf_entry(const struct object *obj, const struct section *sec)
{
	const struct symbol *sym = covering_symbol(obj, sec);

	return !sec->split && sym && sec->size && btf_id_number(sym->name) &&
	       !strcmp(sec->name, BTF_IDS);
}

/* Whether @at is in the part of a name that __UNIQUE_ID() made. */
static bool in_unique_id(const char *name, const char *at)
{
	const char *id = unique_id(name);

	return id && at >= id;
}

int compare_bases(const char *a, const char *b)
{
	const char *start_a = a, *start_b = b;

	for (;;) {
		a = skip_number(a);
		b = skip_number(b);
		if (isdigit((unsigned char)*a) && isdigit((unsigned char)*b) &&
		    in_unique_id(start_a, a) && in_unique_id(start_b, b)) {
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
	return unique_id(name);
}

bool is_static_local(const struct symbol *sym)
{
	if (sym->type != STT_OBJECT || sym->bind != STB_LOCAL || !*sym->name)
		return false;
	return unique_id(sym->name) || strchr(sym->name + 1, '.');
}

const char *variable_name(const char *name)
{
	size_t start = base_length(name);

	while (start && name[start - 1] != '.')
		start--;
	return name + start;
}

/* linux/once.h, Linux 6.1 and 7.2 */
bool is_once_state(const struct symbol *sym)
{
	const char *name = variable_name(sym->name);
	size_t n = base_length(name);

	return (n == strlen("___done") && !memcmp(name, "___done", n)) ||
	       (n == strlen("___once_key") && !memcmp(name, "___once_key", n));
}

bool is_build_name(const char *name)
{
	return has_prefix(name, "__mod_device_table__");
}

bool is_cold_part(const char *name)
{
	const char *cold = strstr(name, ".cold");

	return cold && !*skip_number(cold + strlen(".cold"));
}

bool is_unlikely_part(const struct object *obj, const struct section *sec)
{
	const struct symbol *sym = covering_symbol(obj, sec);

	return sec->owner && sec->kind == KIND_TEXT && sym && is_cold_part(sym->name);
}

struct call_site_name {
	const char *base;
	const char *section; /* prefix of the section that the macro uses; NULL: any constant */
	/*
	 * Data that keeps something worth keeping is paired where that can be done,
	 * and made anew only where several stand in one function. What has no size
	 * keeps nothing.
	 */
	bool paired;
	uint64_t min_size;
	bool (*is_content)(const struct section *sec); /* NULL: any content */
};

#define SPINLOCK_MAGIC 0xdead4ead /* linux/spinlock_types_raw.h */

static bool all_zero(const uint8_t *bytes, uint64_t size)
{
	return !size || (!bytes[0] && !memcmp(bytes, bytes + 1, size - 1));
}

/*
 * What DEFINE_RATELIMIT_STATE() makes (linux/ratelimit_types.h, Linux 6.1 and 6.12): a lock that
 * nobody holds, two settings, and nothing counted yet. With CONFIG_DEBUG_SPINLOCK a magic
 * number tells what the lock is.
 */
static bool is_ratelimit(const struct section *sec)
{
	uint32_t lock[2];

	if (!sec->data || sec->size < 32)
		return false;
	memcpy(lock, sec->data, sizeof(lock));
	if (lock[0])
		return false;
	return lock[1] == SPINLOCK_MAGIC ||
	       (!sec->nr_relas && all_zero(sec->data + 12, sec->size - 12));
}

/*
 * DO_ONCE() also keeps its flag in .data.once (6.1), but that is state: a fresh
 * "___done" would run get_random_once() again. It is not in this list, see is_once_state().
 */
static const struct call_site_name call_site_names[] = {
	{ .base = "__func__" },
	{ .base = "__FUNCTION__" },
	{ .base = "__PRETTY_FUNCTION__" },
	{ .base = "CSWTCH" },
	{ .base = "__already_done", .section = ".data.once" }, /* linux/once_lite.h */
	{ .base = "__already_done", .section = ".data..once" }, /* the same, later spelling */
	{ .base = "__warned", .section = ".data.unlikely" }, /* linux/rcupdate.h */
	{ .base = "__warned", .section = ".data..unlikely" },
	{ .base = "__warned", .section = ".data.once" }, /* linux/mmdebug.h */
	/* struct lock_class_key of linux/lockdep_types.h: empty, or with lockdep 16 bytes */
	{ .base = "__key", .section = ".bss", .paired = true, .min_size = 16 },
	{ .base = "descriptor", .section = "__dyndbg" }, /* linux/dynamic_debug.h */
	{ .base = "__UNIQUE_ID_ddebug", .section = "__dyndbg" },
	{ .base = "___tp_str", .section = "__tracepoint_str" }, /* linux/tracepoint.h */
	{ .base = "trace_printk_fmt", .section = "__trace_printk_fmt" }, /* linux/kernel.h */
	{ .base = "_rs", .section = ".data", .paired = true, .is_content = is_ratelimit },
};

static bool matches(const struct call_site_name *row, const struct section *sec,
		    const struct symbol *sym)
{
	const char *name = variable_name(sym->name);
	size_t n = base_length(name);

	if (row->section ? !has_prefix(sec->name, row->section) : sec->kind != KIND_RODATA)
		return false;
	if ((sec->size && sec->size < row->min_size) || (row->is_content && !row->is_content(sec)))
		return false;
	if (unique_id(row->base))
		return has_prefix(name, row->base);
	return strlen(row->base) == n && !memcmp(row->base, name, n);
}

static const struct call_site_name *call_site_row(const struct object *obj,
						  const struct section *sec)
{
	const struct symbol *sym = covering_symbol(obj, sec);
	size_t i;

	if (!sym || sym->bind != STB_LOCAL || sym->type != STT_OBJECT)
		return NULL;
	for (i = 0; i < sizeof(call_site_names) / sizeof(call_site_names[0]); i++) {
		if (matches(&call_site_names[i], sec, sym))
			return &call_site_names[i];
	}
	return NULL;
}

bool is_sanitizer_data(const struct section *sec)
{
	bool gcc = has_prefix(sec->name, ".data..Lubsan_");
	bool clang = has_prefix(sec->name, ".data..L__unnamed_");

	return (gcc || clang) && sec->kind == KIND_DATA && !sec->symbol;
}

bool is_call_site_data(const struct object *obj, const struct section *sec)
{
	const struct call_site_name *row = call_site_row(obj, sec);

	if (is_sanitizer_data(sec))
		return true;
	return row && !(row->paired && sec->size && sec->twin);
}

bool can_have_twin(const struct object *obj, const struct section *sec)
{
	const struct call_site_name *row = call_site_row(obj, sec);

	return !row || (row->paired && sec->size);
}

bool is_anonymous(const struct object *obj, const struct section *sec)
{
	const struct symbol *sym = covering_symbol(obj, sec);

	switch (sec->kind) {
	case KIND_CONSTANTS:
	case KIND_SNIPPET:
		return true;
	case KIND_RODATA:
		if (!sym)
			return has_prefix(sec->name, ".rodata");
		if (is_call_site_data(obj, sec))
			return true;
		return is_static_local(sym) && !sec->twin;
	case KIND_DATA:
		return is_call_site_data(obj, sec);
	default:
		return false;
	}
}

/* Length of the name without the number of a label of the compiler's (".rodata..L__unnamed_3"). */
static size_t label_length(const char *name)
{
	size_t n = strlen(name);

	while (strstr(name, "..L") && n && isdigit((unsigned char)name[n - 1]))
		n--;
	return n;
}

bool same_anonymous_name(const struct object *obj_a, const struct section *a,
			 const struct object *obj_b, const struct section *b)
{
	size_t n = label_length(a->name);

	if (a->symbol || b->symbol)
		return !compare_bases(section_label(obj_a, a), section_label(obj_b, b));
	return n == label_length(b->name) && !memcmp(a->name, b->name, n);
}

/* __ro_after_init of asm-generic/sections.h and linux/cache.h, Linux 6.1 */
bool is_ro_after_init(const struct section *sec)
{
	return has_prefix(sec->name, ".data..ro_after_init");
}

/* PER_CPU_BASE_SECTION of asm-generic/percpu.h */
bool is_percpu(const struct section *sec)
{
	return has_prefix(sec->name, ".data..percpu");
}

bool is_special(const struct section *sec)
{
	return (sec->kind == KIND_DATA || sec->kind == KIND_RODATA) &&
	       !has_prefix(sec->name, ".data") && !has_prefix(sec->name, ".bss") &&
	       !has_prefix(sec->name, ".rodata");
}
