/* SPDX-License-Identifier: GPL-2.0-only */
/* A patch from its registration to its end. */
#ifndef KPATCH_PATCH_H
#define KPATCH_PATCH_H

#include <linux/completion.h>
#include <linux/kobject.h>
#include <linux/list.h>
#include <linux/mutex.h>

#include "kpatch-core.h"
#include "stacks.h"
#include "targets.h"

enum patch_state {
	PATCH_DISABLED, /* not in effect; the module can go */
	PATCH_PATCHING,
	PATCH_ENABLED,
	PATCH_UNPATCHING,
};

struct kpatch {
	const struct kpatch_description *description;
	size_t count; /* of the functions */
	struct target *targets; /* one for each */
	struct site **sites; /* ditto; NULL if PATCH_DISABLED, or in a module that is not there */
	enum patch_state state;
	bool refused; /* the registration failed: nothing may begin any more */
	bool cancelled; /* the operation is to end as soon as it can */
	struct list_head registered;
	struct list_head queued; /* for the thread */
	struct list_head enabled; /* in the order in which they came into effect */

	/* Of the last operation. */
	bool unpatch; /* it was to end in PATCH_DISABLED */
	int result; /* 0 or an error code, or what a hook returned */
	enum kpatch_hook refused_by; /* that hook; KPATCH_HOOKS: none */
	unsigned int attempts;
	u64 pause_ns; /* of its last attempt */
	struct stack_check stacks; /* ditto */

	struct kobject kobj;
	struct completion released; /* nobody uses kobj any more */
};

/*
 * Guards all patches and sites. Held over each stop, so that no module comes or goes between what
 * is prepared for the switch and the switch. Not held while hooks sleep.
 */
extern struct mutex kpatch_lock;

/*
 * patch_enable, patch_disable - begin an operation, or turn one that is under way back
 *
 * For sysfs, with kpatch_lock held. -EBUSY: the patch is not in a state for that, or others
 * stand on it.
 */
int patch_enable(struct kpatch *patch);
int patch_disable(struct kpatch *patch);

/* Take and arm the sites of all functions that are there and have none yet; all or nothing. */
int patch_take_sites(struct kpatch *patch);

/* Whether function @i of @patch is function @j of @other. */
bool patch_same_function(const struct kpatch *patch, size_t i, const struct kpatch *other,
			 size_t j);

/* A later patch in effect that replaces a function of @patch too, or NULL. */
const struct kpatch *patch_on_top_of(const struct kpatch *patch);

/* The thread that does all operations, one after the other. */
int operations_start(void);
void operations_stop(void);

/* operations_cancel - have it end as soon as it can, with kpatch_lock held. */
void operations_cancel(struct kpatch *patch);

/* operations_add - have the thread do what patch->state says, with kpatch_lock held. */
void operations_add(struct kpatch *patch);

/* All patches, and those in effect. */
extern struct list_head kpatch_registered, kpatch_enabled;

/* sysfs: show.c */
int show_init(void);
void show_exit(void);
int show_add(struct kpatch *patch); /* also after an error: show_remove() */
void show_remove(struct kpatch *patch);

#endif /* KPATCH_PATCH_H */
