// SPDX-License-Identifier: GPL-2.0-only
/*
 * A stand-in for kpatch-glue.o, with the limits of a small imaginary kernel, so that
 * create-patch-module can be tested without one.
 */
#include <stddef.h>

#include "kmod/patch/kpatch-info.h"

struct this_module {
	char list[24];
	char name[24];
	void *init;
};

struct version {
	unsigned long crc;
	char name[24];
};

extern const char kpatch_funcs_begin[], kpatch_funcs_end[];
extern const char kpatch_post_patch_begin[], kpatch_post_patch_end[];
long klp_enable_patch(const void *begin, const void *end);

static const struct kpatch_facts facts
	__attribute__((used, section(KPATCH_FACTS_SECTION), aligned(8))) = {
		.module_name_offset = offsetof(struct this_module, name),
		.module_name_size = 24,
		.ksym_name_size = 32,
#ifndef NO_MODVERSIONS
		.modversions = 1,
#endif
		.modversion_size = sizeof(struct version),
		.modversion_name_offset = offsetof(struct version, name),
		.alt_size = 12,
		.alt_length_offset = 10,
#ifdef ORC
		.orc = 1,
#endif
	};

#ifdef CORE
extern const char KPATCH_ANCHOR[];
static const void *const anchor __attribute__((used)) = KPATCH_ANCHOR;
#endif

static struct kpatch_info info __attribute__((used, section(KPATCH_INFO_SECTION)));

static const char license[] __attribute__((used, section(".modinfo"))) = "license=GPL";

__attribute__((section(".init.text"))) long init_module(void)
{
	return klp_enable_patch(kpatch_funcs_begin, kpatch_funcs_end) +
	       klp_enable_patch(kpatch_post_patch_begin, kpatch_post_patch_end);
}

struct this_module __this_module __attribute__((section(".gnu.linkonce.this_module"))) = {
	.name = "kpatch_module_name",
	.init = init_module,
};
