// SPDX-License-Identifier: GPL-2.0-only
/*
 * The part that is the same in every patch module for the core module (kmod/core/): it hands the
 * records over. Compiled once per kernel and joined with the diff objects.
 */
#include <linux/sched/task.h>

#include "kpatch-core.h"
#include "kpatch-glue.h"

extern const struct kpatch_place_record kpatch_places_begin[], kpatch_places_end[];
extern const struct kpatch_reloc_record kpatch_relocs[];
extern const struct kpatch_module_record kpatch_modules[];

#define KPATCH_EXTERN_HOOK(kind) \
	extern const struct kpatch_callback_record kpatch_##kind##_begin[], kpatch_##kind##_end[]

KPATCH_EXTERN_HOOK(pre_patch);
KPATCH_EXTERN_HOOK(check_patch);
KPATCH_EXTERN_HOOK(apply_patch);
KPATCH_EXTERN_HOOK(post_patch);
KPATCH_EXTERN_HOOK(fail_patch);
KPATCH_EXTERN_HOOK(pre_unpatch);
KPATCH_EXTERN_HOOK(check_unpatch);
KPATCH_EXTERN_HOOK(apply_unpatch);
KPATCH_EXTERN_HOOK(post_unpatch);
KPATCH_EXTERN_HOOK(fail_unpatch);

#define KPATCH_HOOKS_OF(way)                                                      \
	{                                                                         \
		.begin = { kpatch_pre_##way##_begin, kpatch_check_##way##_begin,  \
			   kpatch_apply_##way##_begin, kpatch_post_##way##_begin, \
			   kpatch_fail_##way##_begin },                           \
		.end = { kpatch_pre_##way##_end, kpatch_check_##way##_end,        \
			 kpatch_apply_##way##_end, kpatch_post_##way##_end,       \
			 kpatch_fail_##way##_end },                               \
	}

/*
 * Volatile: its bytes come after the compiler has seen zeroes. The core finds it by its
 * name before anything of this module runs (build_id_watch()).
 */
static const volatile struct kpatch_info
	kpatch_core_info __used __section(KPATCH_INFO_SECTION) = { 0 };

/* Brings the symbol into the module: all references to vmlinux become distances from it. */
static const void *const kpatch_anchor __used = &KPATCH_ANCHOR;

static struct kpatch_description kpatch_description;

int __init init_module(void)
{
	int ret;

	kpatch_description = (struct kpatch_description){
		.abi = KPATCH_CORE_ABI,
		.mod = THIS_MODULE,
		.info = &kpatch_core_info,
		.funcs = kpatch_funcs_begin,
		.funcs_end = kpatch_funcs_end,
		.places = kpatch_places_begin,
		.places_end = kpatch_places_end,
		.relocs = kpatch_relocs,
		.modules = kpatch_modules,
		.patch = KPATCH_HOOKS_OF(patch),
		.unpatch = KPATCH_HOOKS_OF(unpatch),
	};
	ret = kpatch_register(&kpatch_description);
	/* callbacks have run, perhaps */
	if (ret)
		kpatch_end_works(&kpatch_core_info);
	return ret;
}

/* Runs only when the patch is not in effect and the core has let go of it. */
void __exit cleanup_module(void)
{
	kpatch_unregister(&kpatch_description);
	kpatch_end_works(&kpatch_core_info);
}
