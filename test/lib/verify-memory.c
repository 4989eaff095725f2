// SPDX-License-Identifier: GPL-2.0-only
/*
 * kpatch verify of another "kernel" than the running one: verify-memory MODULE.ko DIR, with
 * DIR/kcore (an ELF file with segments), DIR/kallsyms, DIR/kprobes and DIR/modules as the kernel
 * has them.
 */
#include <unistd.h>

#include "kpatch/verify.h"

int main(int argc, char **argv)
{
	static const struct running_files files = {
		.kcore = "kcore",
		.kallsyms = "kallsyms",
		.kprobes = "kprobes",
		.modules = "modules",
	};
	struct modfile file;
	enum status status;

	if (argc != 3 || !modfile_open(&file, argv[1]) || chdir(argv[2]) != 0)
		return STATUS_USAGE;
	status = verify_module(&file, &files, VERIFY_FUNCTIONS, NULL);
	modfile_close(&file);
	return status;
}
