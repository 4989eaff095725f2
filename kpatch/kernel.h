/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KPATCH_KERNEL_H
#define KPATCH_KERNEL_H

#include <stdbool.h>

/* Facts about the running kernel. Strings are the caller's to free. */

/* As uname -r. */
char *kernel_release(void);

/* Of the note in /sys/kernel/notes, lower-case hexadecimal digits; NULL when it has none. */
char *kernel_build_id(void);

/*
 * Why an unsigned module would be refused: "module.sig_enforce is set", "lockdown is on
 * (integrity)". NULL when it would not.
 */
char *kernel_signature_rule(void);

/* This process may load modules: CAP_SYS_MODULE is effective. Else false, with a message. */
bool kernel_lets_us(const char *what);

/* Built with CONFIG_LIVEPATCH, and that started. Else false, with a message. */
bool kernel_has_livepatch(void);

#endif /* KPATCH_KERNEL_H */
