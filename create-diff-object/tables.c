// SPDX-License-Identifier: GPL-2.0-only
#include "tables.h"
#include "util.h"

#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

/*
 * Structures: arch/x86/include/asm/alternative.h (alt_instr), asm-generic/bug.h
 * (bug_entry), asm/extable.h (exception_table_entry), asm/paravirt_types.h
 * (paravirt_patch_site), linux/jump_label.h (jump_entry), of Linux 6.1.
 */
const struct table kernel_tables[] = {
	{ .name = ".altinstructions", .env = "ALT_STRUCT_SIZE", .type = "alt_instr" },
	{ .name = "__bug_table", .env = "BUG_STRUCT_SIZE", .type = "bug_entry" },
	{ .name = "__ex_table", .env = "EX_STRUCT_SIZE", .type = "exception_table_entry" },
	{ .name = ".parainstructions", .env = "PARA_STRUCT_SIZE", .type = "paravirt_patch_site" },
	{ .name = "__jump_table", .env = "JUMP_STRUCT_SIZE", .type = "jump_entry" },
	/* LOCK_PREFIX of asm/alternative.h: a 32-bit offset to each lock prefix */
	{ .name = ".smp_locks", .fixed_size = 4 },
	/* gcc's -mrecord-mcount and -fpatchable-function-entry: a pointer each */
	{ .name = "__mcount_loc", .fixed_size = 8 },
	{ .name = "__patchable_function_entries", .fixed_size = 8 },
	/* NOKPROBE_SYMBOL of asm-generic/kprobes.h: a pointer each */
	{ .name = "_kprobe_blacklist", .fixed_size = 8 },
	/*
	 * Annotations that objtool reads from the joined object. Their entries are
	 * 4 or 8 bytes, by kind and kernel version, but each starts with its only
	 * relocation (linux/objtool.h, asm/nospec-branch.h).
	 */
	{ .name = ".discard.unreachable" },
	{ .name = ".discard.reachable" },
	{ .name = ".discard.retpoline_safe" },
	{ .name = ".discard.instr_begin" },
	{ .name = ".discard.instr_end" },
	{ .name = ".discard.noendbr" },
	{ .name = ".discard.unret" },
	{ .name = ".discard.validate_unret" },
	{ .name = ".discard.intra_function_calls" },
	{ .name = ".discard.ignore_alts" },
	{ .name = ".discard.unwind_hints" },
	{ .name = ".discard.annotate_insn" },
	{ .name = ".discard.annotate_data" },
	{ .name = ".discard.func_stack_frame_non_standard" },
	{ .name = ".discard.ibt_endbr_noseal" }, /* asm/ibt.h, Linux 6.12 */
};
const size_t nr_kernel_tables = sizeof(kernel_tables) / sizeof(kernel_tables[0]);

/* Sizes that only scripts and print_facts() pass on: tables that objtool makes. */
static const struct table objtool_tables[] = {
	{ .env = "ORC_STRUCT_SIZE", .type = "orc_entry" },
	{ .env = "STATIC_CALL_STRUCT_SIZE", .type = "static_call_site" },
	{ .env = "PRINTK_INDEX_STRUCT_SIZE", .type = "pi_entry" },
};

const struct table *find_table(const char *section_name)
{
	size_t i;

	for (i = 0; i < nr_kernel_tables; i++) {
		if (!strcmp(kernel_tables[i].name, section_name))
			return &kernel_tables[i];
	}
	return NULL;
}

static size_t size_from_env(const struct table *table)
{
	const char *s = getenv(table->env);
	unsigned long size;
	char *end;

	if (!s)
		return 0;
	errno = 0;
	size = strtoul(s, &end, 0);
	if (errno || *end || !size || size > 4096)
		fatal("bad-environment",
		      "%s=%s is not a size in bytes; set what create-diff-object --facts VMLINUX "
		      "prints",
		      table->env, s);
	return size;
}

/* A quiet libbpf: that a file has no BTF is said by us, with what to do. */
static int no_output(enum libbpf_print_level level, const char *fmt, va_list ap)
{
	return 0;
}

static size_t size_from_btf(const struct btf *btf, const char *type)
{
	int id = btf__find_by_name_kind(btf, type, BTF_KIND_STRUCT);
	const struct btf_type *t = id > 0 ? btf__type_by_id(btf, (unsigned int)id) : NULL;

	return t ? t->size : 0;
}

static struct btf *open_btf(const char *path)
{
	struct btf *btf;

	libbpf_set_print(no_output);
	btf = btf__parse_elf(path, NULL);
	return libbpf_get_error(btf) ? NULL : btf;
}

size_t table_entry_size(const struct table *table, const char *parent_path)
{
	struct btf *btf;
	size_t size;

	if (!table->env)
		return table->fixed_size;
	size = size_from_env(table);
	if (size)
		return size;
	btf = open_btf(parent_path);
	size = btf ? size_from_btf(btf, table->type) : 0;
	btf__free(btf);
	if (!size)
		fatal("table-size-unknown",
		      "the size of struct %s in the target kernel is not known: set %s, which "
		      "create-diff-object --facts VMLINUX prints",
		      table->type, table->env);
	return size;
}

static void print_fact(const struct btf *btf, const struct table *table)
{
	size_t size = table->type ? size_from_btf(btf, table->type) : 0;

	if (size)
		printf("%s=%zu\n", table->env, size);
}

int print_facts(const char *vmlinux)
{
	struct btf *btf = open_btf(vmlinux);
	size_t i;

	if (!btf)
		fatal("no-btf", "%s has no BTF to read the sizes of table entries from", vmlinux);
	for (i = 0; i < nr_kernel_tables; i++)
		print_fact(btf, &kernel_tables[i]);
	for (i = 0; i < sizeof(objtool_tables) / sizeof(objtool_tables[0]); i++)
		print_fact(btf, &objtool_tables[i]);
	btf__free(btf);
	return EXIT_WRITTEN;
}
