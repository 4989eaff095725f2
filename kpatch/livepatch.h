/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KPATCH_LIVEPATCH_H
#define KPATCH_LIVEPATCH_H

#include <stdbool.h>

#include "kpatch/files.h"
#include "kpatch/functions.h"

/*
 * The livepatches that the kernel knows, as /sys/kernel/livepatch shows them
 * (Documentation/ABI/testing/sysfs-kernel-livepatch).
 */
#define LIVEPATCH_DIR "/sys/kernel/livepatch"

enum livepatch_state {
	LIVEPATCH_ABSENT, /* not known: never enabled, or disabled and forgotten (since 5.1) */
	LIVEPATCH_DISABLED, /* disabled, still listed (before 5.1) */
	LIVEPATCH_ENABLED,
	LIVEPATCH_PATCHING, /* in transition to the patched code */
	LIVEPATCH_UNPATCHING, /* in transition to the original code */
};

enum livepatch_replace { REPLACE_UNKNOWN, REPLACE_NO, REPLACE_YES };

/* The names of all, sorted; the caller frees the list. */
struct names livepatch_names(void);

enum livepatch_state livepatch_state(const char *name);

/* One or two words for a user: "enabled", "in transition to patched", ... */
const char *livepatch_state_text(enum livepatch_state state);

/* The same in one word, for programs: "absent", "disabled", "enabled", "patching", "unpatching". */
const char *livepatch_state_word(enum livepatch_state state);

bool livepatch_in_transition(enum livepatch_state state);

/* The livepatch in transition (the kernel allows one), or NULL. The caller frees it. */
char *livepatch_find_transition(void);

/* Since 6.11 the kernel tells; before, the answer is REPLACE_UNKNOWN. */
enum livepatch_replace livepatch_replace(const char *name);

/* The functions it replaces, loaded objects or not. The caller frees the list. */
struct functions livepatch_functions(const char *name);

/*
 * Start, or reverse, a transition by writing to "enabled". Returns 0 or -errno: EBUSY when
 * another transition runs, EINVAL when the state is already so, or when a disabled livepatch
 * is to be enabled again (kernel/livepatch/core.c, enabled_store()).
 */
int livepatch_set_enabled(const char *name, bool enabled);

/*
 * Count all tasks as changed over, wherever they are (force_store() there). The kernel then ends
 * the transition within a second or two. Returns 0 or -errno: EINVAL when it is in none.
 */
int livepatch_force(const char *name);

#endif /* KPATCH_LIVEPATCH_H */
