// SPDX-License-Identifier: GPL-2.0-only
/* /sys/kernel/kpatch/NAME/: doc/core-module.md describes the files. */
#include <linux/err.h>
#include <linux/kallsyms.h>
#include <linux/kobject.h>
#include <linux/math64.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include "compat.h"
#include "fault.h"
#include "outcome.h"
#include "patch.h"

static struct kobject *directory;

static struct kpatch *patch_of(struct kobject *kobj)
{
	return container_of(kobj, struct kpatch, kobj);
}

/* Under the lock: what is turned back passes through a state that it does not stay in. */
static enum patch_state state_of(const struct kpatch *patch)
{
	enum patch_state state;

	mutex_lock(&kpatch_lock);
	state = patch->state;
	mutex_unlock(&kpatch_lock);
	return state;
}

static ssize_t state_show(struct kobject *kobj, struct kobj_attribute *attribute, char *buffer)
{
	static const char *const names[] = {
		[PATCH_DISABLED] = "disabled",
		[PATCH_PATCHING] = "patching",
		[PATCH_ENABLED] = "enabled",
		[PATCH_UNPATCHING] = "unpatching",
	};

	return sysfs_emit(buffer, "%s\n", names[state_of(patch_of(kobj))]);
}

static ssize_t enabled_show(struct kobject *kobj, struct kobj_attribute *attribute, char *buffer)
{
	enum patch_state state = state_of(patch_of(kobj));

	return sysfs_emit(buffer, "%d\n", state == PATCH_ENABLED || state == PATCH_PATCHING);
}

static ssize_t enabled_store(struct kobject *kobj, struct kobj_attribute *attribute,
			     const char *buffer, size_t count)
{
	struct kpatch *patch = patch_of(kobj);
	bool enable;
	int err = kstrtobool(buffer, &enable);

	if (err)
		return err;
	mutex_lock(&kpatch_lock);
	err = enable ? patch_enable(patch) : patch_disable(patch);
	mutex_unlock(&kpatch_lock);
	return err ?: count;
}

static ssize_t result_show(struct kobject *kobj, struct kobj_attribute *attribute, char *buffer)
{
	int length;

	mutex_lock(&kpatch_lock);
	length = outcome_emit(patch_of(kobj), buffer);
	mutex_unlock(&kpatch_lock);
	return length;
}

static ssize_t attempts_show(struct kobject *kobj, struct kobj_attribute *attribute, char *buffer)
{
	return sysfs_emit(buffer, "%u\n", READ_ONCE(patch_of(kobj)->attempts));
}

static ssize_t pause_us_show(struct kobject *kobj, struct kobj_attribute *attribute, char *buffer)
{
	u64 pause;

	mutex_lock(&kpatch_lock);
	pause = patch_of(kobj)->pause_ns;
	mutex_unlock(&kpatch_lock);
	return sysfs_emit(buffer, "%llu\n", div_u64(pause + 999, 1000));
}

static ssize_t tasks_show(struct kobject *kobj, struct kobj_attribute *attribute, char *buffer)
{
	return sysfs_emit(buffer, "%u\n", READ_ONCE(patch_of(kobj)->stacks.tasks));
}

/* "PID FUNCTION COMMAND" a line, the command last since anything can be in it. */
static ssize_t blockers_show(struct kobject *kobj, struct kobj_attribute *attribute, char *buffer)
{
	const struct stack_check *stacks = &patch_of(kobj)->stacks;
	unsigned int i;
	int length = 0;

	mutex_lock(&kpatch_lock);
	for (i = 0; i < min_t(unsigned int, stacks->blocking, BLOCKERS_MAX); i++) {
		const struct blocker *blocker = &stacks->blockers[i];

		length += sysfs_emit_at(buffer, length, "%d %s %*pE\n", blocker->pid,
					*blocker->function ? blocker->function : "?",
					(int)strnlen(blocker->comm, sizeof(blocker->comm)),
					blocker->comm);
	}
	mutex_unlock(&kpatch_lock);
	return length;
}

static struct kobj_attribute state_attribute = __ATTR_RO(state);
static struct kobj_attribute enabled_attribute = __ATTR_RW(enabled);
static struct kobj_attribute result_attribute = __ATTR_RO(result);
static struct kobj_attribute attempts_attribute = __ATTR_RO(attempts);
static struct kobj_attribute pause_us_attribute = __ATTR_RO(pause_us);
static struct kobj_attribute tasks_attribute = __ATTR_RO(tasks);
/* As /proc/PID/stack: it tells where in the kernel a task of somebody else is. */
static struct kobj_attribute blockers_attribute = __ATTR_RO_MODE(blockers, 0400);

static struct attribute *attributes[] = {
	&state_attribute.attr,	  &enabled_attribute.attr,
	&result_attribute.attr,	  &attempts_attribute.attr,
	&pause_us_attribute.attr, &tasks_attribute.attr,
	&blockers_attribute.attr, NULL,
};

/*
 * "OBJECT FUNCTION" a line. A binary file: a patch can have more functions than fit
 * into the page that an ordinary file of sysfs has.
 */
static ssize_t functions_read(struct file *file, struct kobject *kobj,
			      KPATCH_BIN_ATTRIBUTE *attribute, char *buffer, loff_t offset,
			      size_t size)
{
	const struct kpatch *patch = patch_of(kobj);
	const struct kpatch_func_record *func = patch->description->funcs;
	char line[2 * KSYM_NAME_LEN + 3];
	loff_t begin = 0;
	size_t done = 0;

	for (; func < patch->description->funcs_end && done < size; func++) {
		int length = scnprintf(line, sizeof(line), "%s %s\n", func->object, func->old_name);
		size_t skip = clamp_t(loff_t, offset + done - begin, 0, length);
		size_t part = min_t(size_t, length - skip, size - done);

		memcpy(buffer + done, line + skip, part);
		done += part;
		begin += length;
	}
	return done;
}

static KPATCH_BIN_ATTRIBUTE functions_attribute = {
	.attr = { .name = "functions", .mode = 0444 },
	.read = functions_read,
};

static KPATCH_BIN_ATTRIBUTE *KPATCH_BIN_CONST binary_attributes[] = { &functions_attribute, NULL };

static const struct attribute_group group = {
	.attrs = attributes,
	.bin_attrs = binary_attributes,
};

static const struct attribute_group *groups[] = { &group, NULL };

static void released(struct kobject *kobj)
{
	complete(&patch_of(kobj)->released);
}

static const struct kobj_type patch_type = {
	.release = released,
	.sysfs_ops = &kobj_sysfs_ops,
	.default_groups = groups,
};

int show_add(struct kpatch *patch)
{
	/* After an error it has to be put, too: show_remove(). */
	return kobject_init_and_add(&patch->kobj, (struct kobj_type *)&patch_type, directory, "%s",
				    patch->description->mod->name);
}

void show_remove(struct kpatch *patch)
{
	if (patch->kobj.state_in_sysfs)
		kobject_del(&patch->kobj);
	kobject_put(&patch->kobj);
	wait_for_completion(&patch->released);
}

int show_init(void)
{
	directory = may_fail(kobject_create_and_add("kpatch", kernel_kobj), NULL);
	return directory ? 0 : -ENOMEM;
}

void show_exit(void)
{
	kobject_put(directory);
}
