// SPDX-License-Identifier: GPL-2.0-only
/*
 * The part that is the same in every patch module for the kernel's own livepatch core. It
 * is compiled once per kernel and joined with the diff objects. It describes the patch to
 * that core (include/linux/livepatch.h) out of the records in the module.
 */
#include <linux/livepatch.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "kpatch-bind.h"
#include "kpatch-build-id.h"
#include "kpatch-glue.h"

/* Likewise of the callbacks. */
extern const struct kpatch_callback_record kpatch_pre_patch_begin[], kpatch_pre_patch_end[];
extern const struct kpatch_callback_record kpatch_post_patch_begin[], kpatch_post_patch_end[];
extern const struct kpatch_callback_record kpatch_pre_unpatch_begin[], kpatch_pre_unpatch_end[];
extern const struct kpatch_callback_record kpatch_post_unpatch_begin[], kpatch_post_unpatch_end[];

#define kpatch_err(fmt, ...) pr_err("kpatch: error: %s: " fmt, THIS_MODULE->name, ##__VA_ARGS__)

MODULE_INFO(livepatch, "Y");

/* The ELF notes of the running kernel (include/asm-generic/vmlinux.lds.h, NOTES). */
extern const char __start_notes[], __stop_notes[];
KPATCH_BIND_VMLINUX(__start_notes);
KPATCH_BIND_VMLINUX(__stop_notes);

/* Volatile: its bytes come after the compiler has seen zeroes. */
static const volatile struct kpatch_info kpatch_info __used __section(KPATCH_INFO_SECTION) = { 0 };

static struct klp_patch kpatch_patch;

/*
 * Release and module versions do not tell two builds of one release apart, but the
 * places and meanings the patch was made for are those of one build.
 */
static int __init kpatch_check_kernel(void)
{
	u8 wanted[KPATCH_BUILD_ID_MAX];
	size_t wanted_size = min_t(size_t, kpatch_info.build_id_size, sizeof(wanted));
	size_t size = 0, i;
	const u8 *running = kpatch_find_build_id(__start_notes, __stop_notes, &size);

	for (i = 0; i < wanted_size; i++)
		wanted[i] = kpatch_info.build_id[i];
	if (running && size && size == wanted_size && !memcmp(running, wanted, size))
		return 0;
	kpatch_err("built for the kernel with build-id %*phN, but this kernel has %*phN; build the "
		   "patch for this kernel [wrong-kernel]\n",
		   (int)wanted_size, wanted, running ? (int)size : 0, running);
	return -EINVAL;
}

/* The kernel calls vmlinux NULL (struct klp_object.name). */
static const char *__init kpatch_klp_name(const char *object)
{
	return strcmp(object, "vmlinux") ? object : NULL;
}

static bool __init kpatch_same_object(const struct klp_object *obj, const char *object)
{
	const char *name = kpatch_klp_name(object);

	return name && obj->name ? !strcmp(name, obj->name) : name == obj->name;
}

/* The element of @objs[0 .. *@count) named @object, taken into use if there is none. */
static struct klp_object *__init kpatch_find_object(struct klp_object *objs, size_t *count,
						    const char *object)
{
	size_t i;

	for (i = 0; i < *count; i++)
		if (kpatch_same_object(&objs[i], object))
			return &objs[i];
	objs[i].name = kpatch_klp_name(object);
	(*count)++;
	return &objs[i];
}

#define kpatch_records(kind) (kpatch_##kind##_end - kpatch_##kind##_begin)

/*
 * create-patch-module has made sure that an object has at most one callback of a
 * kind and that the types are right.
 */
#define kpatch_set_callbacks(kind, objs, count)                                                 \
	do {                                                                                    \
		const struct kpatch_callback_record *rec;                                       \
                                                                                                \
		for (rec = kpatch_##kind##_begin; rec < kpatch_##kind##_end; rec++)             \
			kpatch_find_object(objs, count, rec->object)->callbacks.kind = rec->fn; \
	} while (0)

/*
 * Fills @funcs with one run per object, each closed by an empty element, as
 * klp_for_each_func_static() wants it (include/linux/livepatch.h).
 */
static void __init kpatch_fill_funcs(struct klp_object *objs, size_t count, struct klp_func *funcs)
{
	const struct kpatch_func_record *rec;
	size_t i;

	for (i = 0; i < count; i++) {
		objs[i].funcs = funcs;
		for (rec = kpatch_funcs_begin; rec < kpatch_funcs_end; rec++) {
			if (!kpatch_same_object(&objs[i], rec->object))
				continue;
			funcs->old_name = rec->old_name;
			funcs->new_func = rec->new_addr;
			funcs->old_sympos = rec->sympos;
			funcs++;
		}
		funcs++;
	}
}

static void kpatch_free_description(void)
{
	if (kpatch_patch.objs)
		kfree(kpatch_patch.objs->funcs);
	kfree(kpatch_patch.objs);
}

static int __init kpatch_describe(void)
{
	const struct kpatch_func_record *rec;
	size_t func_count = kpatch_records(funcs), count = 0;
	size_t max = func_count + kpatch_records(pre_patch) + kpatch_records(post_patch) +
		     kpatch_records(pre_unpatch) + kpatch_records(post_unpatch);
	struct klp_object *objs = kcalloc(max + 1, sizeof(*objs), GFP_KERNEL);
	struct klp_func *funcs;

	if (!objs)
		return -ENOMEM;
	for (rec = kpatch_funcs_begin; rec < kpatch_funcs_end; rec++)
		kpatch_find_object(objs, &count, rec->object);
	kpatch_set_callbacks(pre_patch, objs, &count);
	kpatch_set_callbacks(post_patch, objs, &count);
	kpatch_set_callbacks(pre_unpatch, objs, &count);
	kpatch_set_callbacks(post_unpatch, objs, &count);

	funcs = kcalloc(func_count + count + 1, sizeof(*funcs), GFP_KERNEL);
	if (!funcs) {
		kfree(objs);
		return -ENOMEM;
	}
	objs[0].funcs = funcs;
	kpatch_fill_funcs(objs, count, funcs);
	kpatch_patch.mod = THIS_MODULE;
	kpatch_patch.objs = objs;
	kpatch_patch.replace = kpatch_info.replace;
	return 0;
}

int __init init_module(void)
{
	int ret = kpatch_check_kernel();

	if (!ret)
		ret = kpatch_describe();
	if (ret)
		return ret;
	ret = klp_enable_patch(&kpatch_patch);
	if (ret) {
		/* callbacks have run, perhaps */
		kpatch_end_works(&kpatch_info);
		kpatch_free_description();
	}
	return ret;
}

/* Runs only when the patch is disabled and the kernel has let go of it. */
void __exit cleanup_module(void)
{
	kpatch_end_works(&kpatch_info);
	kpatch_free_description();
}
