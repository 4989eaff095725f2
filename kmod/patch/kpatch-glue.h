/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the glue of both back ends has in common: what modpost would add to a module, the
 * facts of the kernel, and where the records are. Included once by each.
 */
#ifndef KPATCH_GLUE_H
#define KPATCH_GLUE_H

#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/module.h>
#define INCLUDE_VERMAGIC
#include <linux/vermagic.h>
#include <asm/alternative.h>

#include "kpatch-compat.h"
#include "kpatch-info.h"

MODULE_INFO(license, "GPL");
MODULE_INFO(vermagic, VERMAGIC_STRING);
#ifdef KPATCH_RETPOLINE
MODULE_INFO(retpoline, "Y");
#endif

/* Begin and end of the record sections; create-patch-module defines these symbols. */
extern const struct kpatch_func_record kpatch_funcs_begin[], kpatch_funcs_end[];
static const struct kpatch_facts kpatch_facts __used __section(KPATCH_FACTS_SECTION) = {
	.module_name_offset = offsetof(struct module, name),
	.module_name_size = sizeof_field(struct module, name),
	.ksym_name_size = KSYM_NAME_LEN,
	.modversions = IS_ENABLED(CONFIG_MODVERSIONS),
	.modversion_size = sizeof(struct modversion_info),
	.modversion_name_offset = offsetof(struct modversion_info, name),
	.alt_size = sizeof(struct alt_instr),
	.alt_length_offset = offsetof(struct alt_instr, instrlen),
	.orc = IS_ENABLED(CONFIG_UNWINDER_ORC),
};

/*
 * DO_ONCE() leaves it to a worker to turn off its branch, and the patch module has key and branch.
 * What keeps a module meanwhile (once_disable_jump() of lib/once.c, Linux 6.1) is nothing for code
 * that was built into the kernel, and the patched module for that of modules.
 */
static void kpatch_end_works(const volatile struct kpatch_info *info)
{
	if (info->once)
		kpatch_flush_works();
}

/* What scripts/mod/modpost.c, add_header(), writes into a *.mod.c (Linux 6.1, 6.12). */
__visible struct module __this_module __section(".gnu.linkonce.this_module") = {
	.name = "kpatch_module_name",
	.init = init_module,
#ifdef CONFIG_MODULE_UNLOAD
	.exit = cleanup_module,
#endif
	.arch = MODULE_ARCH_INIT,
};

#endif /* KPATCH_GLUE_H */
