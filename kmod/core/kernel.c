// SPDX-License-Identifier: GPL-2.0-only
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/kprobes.h>
#include <linux/string.h>

#include "compat.h"
#include "fault.h"
#include "kernel.h"
#include "kpatch-build-id.h"

/* What the calls lead to before kernel_find(); after it the addresses are in the code. */
unsigned long kernel_no_location(unsigned long address)
{
	return 0;
}

struct task_struct *kernel_no_task(int cpu)
{
	return NULL;
}

struct module *kernel_no_module(const char *name)
{
	return NULL;
}

void *kernel_no_poke(void *place, const void *bytes, size_t size)
{
	return NULL;
}

static unsigned long kernel_no_symbol(const char *name)
{
	return 0;
}

DEFINE_STATIC_CALL(kpatch_ftrace_location, kernel_no_location);
DEFINE_STATIC_CALL(kpatch_idle_task, kernel_no_task);
DEFINE_STATIC_CALL(kpatch_find_module, kernel_no_module);
DEFINE_STATIC_CALL(kpatch_poke, kernel_no_poke);
DEFINE_STATIC_CALL(kpatch_lookup_name, kernel_no_symbol);

static const char *notes_begin, *notes_end;

/*
 * The address of kallsyms_lookup_name(), by which all others are found. A kprobe is
 * the one exported way from a name to an address; it is never armed. It may stand behind an
 * ENDBR, so the distance from the function's begin, which sprint_symbol() tells, is taken off.
 */
static unsigned long __init find_lookup(void)
{
	struct kprobe probe = {
		.symbol_name = "kallsyms_lookup_name",
		.flags = KPROBE_FLAG_DISABLED,
	};
	char text[KSYM_SYMBOL_LEN];
	unsigned long address;
	unsigned int distance = 0;
	const char *plus;

	if (may_fail(register_kprobe(&probe), -ENOMEM))
		return 0;
	address = (unsigned long)probe.addr;
	unregister_kprobe(&probe);
	sprint_symbol(text, address);
	plus = strchr(text, '+');
	if (!plus || sscanf(plus, "+%x/", &distance) != 1)
		return 0;
	return address - distance;
}

static unsigned long __init find_symbol(const char *name)
{
	unsigned long address = may_fail(static_call(kpatch_lookup_name)(name), 0);

	if (!address)
		pr_err("kpatch: error: this kernel has no %s, which the core module needs; it "
		       "cannot be used here [no-symbol]\n",
		       name);
	return address;
}

int __init kernel_find(void)
{
	unsigned long lookup = find_lookup(), location, idle, module, poke;

	if (!lookup) {
		pr_err("kpatch: error: cannot find kallsyms_lookup_name(): the kernel needs "
		       "CONFIG_KPROBES and CONFIG_KALLSYMS [no-symbol]\n");
		return -EOPNOTSUPP;
	}
	static_call_update(kpatch_lookup_name, (unsigned long (*)(const char *))lookup);
	location = find_symbol("ftrace_location");
	idle = find_symbol("idle_task");
	module = find_symbol("find_module");
	poke = find_symbol("text_poke_copy");
	notes_begin = (const char *)find_symbol("__start_notes");
	notes_end = (const char *)find_symbol("__stop_notes");
	if (!location || !idle || !module || !poke || !notes_begin || !notes_end)
		return -EOPNOTSUPP;
	static_call_update(kpatch_ftrace_location, (unsigned long (*)(unsigned long))location);
	static_call_update(kpatch_idle_task, (struct task_struct * (*)(int)) idle);
	static_call_update(kpatch_find_module, (struct module * (*)(const char *)) module);
	static_call_update(kpatch_poke, (void *(*)(void *, const void *, size_t))poke);
	return 0;
}

const u8 *kernel_build_id(size_t *size)
{
	return kpatch_find_build_id(notes_begin, notes_end, size);
}
