// SPDX-License-Identifier: GPL-2.0-only
#include "line-arguments.h"

#include <string.h>

struct takes_line {
	const char *function;
	unsigned int argument; /* counted from 0 */
};

/* Prototypes of Linux 6.1 and 6.12, which agree. */
static const struct takes_line takes_line[] = {
	/* asm-generic/bug.h, linux/kernel.h */
	{ "warn_slowpath_fmt", 1 },
	{ "__might_sleep", 1 },
	{ "__might_resched", 1 },
	{ "__might_fault", 1 },
	{ "__cant_sleep", 1 },
	{ "__cant_migrate", 1 },
	/* acpi/acpixf.h */
	{ "acpi_error", 1 },
	{ "acpi_exception", 1 },
	{ "acpi_warning", 1 },
	/* fs/btrfs */
	{ "__btrfs_abort_transaction", 2 },
	{ "__btrfs_handle_fs_error", 2 },
	{ "__btrfs_panic", 2 },
	/* fs/ext4/ext4.h, fs/ext4/ext4_jbd2.h */
	{ "__ext4_error", 2 },
	{ "__ext4_error_inode", 2 },
	{ "__ext4_error_file", 2 },
	{ "__ext4_std_error", 2 },
	{ "__ext4_warning", 2 },
	{ "__ext4_warning_inode", 2 },
	{ "__ext4_grp_locked_error", 1 },
	{ "__ext4_journal_get_write_access", 1 },
	{ "__ext4_handle_dirty_metadata", 1 },
	{ "__ext4_journal_get_create_access", 1 },
	{ "__ext4_journal_start_sb", 1 },
	{ "__ext4_journal_stop", 1 },
	{ "__ext4_forget", 1 },
	{ "__ext4_mark_inode_dirty", 3 },
	{ "__ext4_iget", 4 },
	{ "__ext4_check_dir_entry", 1 },
	/* fs/xfs */
	{ "xfs_error_report", 4 },
	{ "assfail", 3 },
	{ "asswarn", 3 },
};

bool is_line_argument(const struct object *obj, const struct section *sec,
		      const struct immediate *imm)
{
	const struct rela *call;
	size_t i;

	for (i = 0; i < sizeof(takes_line) / sizeof(takes_line[0]); i++) {
		call = arch_x86_64.gets_argument(sec, imm, takes_line[i].argument);
		if (call && !strcmp(obj->symbols[call->symbol].name, takes_line[i].function))
			return true;
	}
	return false;
}
