/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KPATCH_KERNEL_LOG_H
#define KPATCH_KERNEL_LOG_H

#include <stdbool.h>

/*
 * Look at what the kernel logs from now on. A descriptor for close(2); -1 when the log cannot be
 * read, as in a container.
 */
int kernel_log_open(void);

/*
 * Say again, each with its own identifier, the errors about the patch @name that the core module
 * has logged since: "kpatch: error: NAME: TEXT [ID]". False when there is none. @what could
 * not be done stands before each: "FILE: cannot load NAME".
 */
bool kernel_log_tell_refusals(int log, const char *name, const char *what);

#endif /* KPATCH_KERNEL_LOG_H */
