/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KPATCH_BIND_H
#define KPATCH_BIND_H

/*
 * KPATCH_BIND_VMLINUX(): lets the glue refer to a symbol of vmlinux that is not
 * exported to modules and that kallsyms knows exactly once. Writes a row of
 * .kpatch.bind (struct kpatch_bind_record) and its strings, as create-diff-object does
 * for a patched object. Plain assembly, because a C object cannot be put into a section
 * that is not SHF_ALLOC.
 *
 * @symbol: the name, without quotes; it must be declared as well.
 */
#define KPATCH_BIND_VMLINUX(symbol)                               \
	asm(".pushsection .kpatch.strings, \"a\", @progbits\n"    \
	    ".Lkpatch_name_" #symbol ": .asciz \"" #symbol "\"\n" \
	    ".Lkpatch_object_" #symbol ": .asciz \"vmlinux\"\n"   \
	    ".popsection\n"                                       \
	    ".pushsection .kpatch.bind, \"\", @progbits\n"        \
	    ".balign 8\n"                                         \
	    ".quad " #symbol "\n"                                 \
	    ".quad .Lkpatch_name_" #symbol "\n"                   \
	    ".quad .Lkpatch_object_" #symbol "\n"                 \
	    ".quad .Lkpatch_object_" #symbol "\n"                 \
	    ".quad 0\n"                                           \
	    ".popsection\n")

#endif /* KPATCH_BIND_H */
