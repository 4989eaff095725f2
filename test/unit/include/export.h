/* SPDX-License-Identifier: GPL-2.0-only */
/* What EXPORT_SYMBOL() leaves in an object (include/linux/export.h). */
#ifndef UNIT_EXPORT_H
#define UNIT_EXPORT_H

#include "kernel.h"

/* ___ADDRESSABLE() of linux/compiler.h */
#define UNIQUE_NAME(prefix, id) prefix##id
#define ADDRESSABLE_AS(sym, id)                                                  \
	static void *__used __attribute__((__section__(".discard.addressable"))) \
	UNIQUE_NAME(__UNIQUE_ID___addressable_##sym, id) = (void *)&sym;
#define ADDRESSABLE(sym) ADDRESSABLE_AS(sym, __COUNTER__)

/* Linux 6.1; @sec is "" or "_gpl", @ns the name space */
#define EXPORT_NS(sym, sec, ns)                                                           \
	ADDRESSABLE(sym)                                                                  \
	asm(".pushsection __ksymtab_strings,\"aMS\",@progbits,1\n"                        \
	    "__kstrtab_" #sym ":\t.asciz \"" #sym "\"\n"                                  \
	    "__kstrtabns_" #sym ":\t.asciz \"" ns "\"\n.popsection\n"                     \
	    ".pushsection \"___ksymtab" sec "+" #sym "\",\"a\"\n\t.balign 4\n"            \
	    "__ksymtab_" #sym ":\n\t.long " #sym " - .\n\t.long __kstrtab_" #sym " - .\n" \
	    "\t.long __kstrtabns_" #sym " - .\n.popsection")
#define EXPORT(sym) EXPORT_NS(sym, "", "")

/* Linux 6.12; @license is "" or "GPL" */
#define EXPORT_LATER_NS(sym, license, ns)                                    \
	ADDRESSABLE(sym)                                                     \
	asm(".pushsection .export_symbol,\"a\"\n__export_symbol_" #sym ":\n" \
	    "\t.asciz \"" license "\"\n\t.asciz \"" ns "\"\n\t.balign 8\n"   \
	    "\t.quad " #sym "\n.popsection")
#define EXPORT_LATER(sym) EXPORT_LATER_NS(sym, "", "")

/* With symbol versions before Linux 5.19, when the number was in the object. */
#define EXPORT_CRC(sym, crc)                                                       \
	asm(".pushsection \"___kcrctab+" #sym "\",\"a\"\n\t.long __crc_" #sym "\n" \
	    ".popsection\n.globl __crc_" #sym "\n.set __crc_" #sym ", " crc)

#endif /* UNIT_EXPORT_H */
