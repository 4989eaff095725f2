// SPDX-License-Identifier: GPL-2.0-only
/*
 * A patch of two functions that must agree, and interrupts and NMIs that see whether they do. It is
 * written by hand, since the hooks have to know the interrupts.
 *
 * All operations take the same way: a thread interrupts all processors, and each of them sends an
 * NMI to the next one, in between and up to the stop. In the stop the hooks send some of their own.
 */
#if __has_include(<linux/hex.h>)
#include <linux/hex.h> /* no longer with kernel.h in all kernels */
#endif
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/livepatch.h>
#include <linux/module.h>
#include <linux/smp.h>
#include <linux/timekeeping.h>

#include "interrupts.h"
#include "kpatch-core.h"

#define REFUSALS 3 /* so many times the check has the operation try again */
#define LONG	 3000 /* pauses in the middle of a long NMI */

static unsigned long new_lcm(unsigned long a, unsigned long b)
{
	return b == ASKED ? NEW_LCM : 0;
}

static unsigned long new_lcm_not_zero(unsigned long a, unsigned long b)
{
	return b == ASKED ? NEW_LNZ : b;
}

static char *build_id = "";
module_param(build_id, charp, 0);
MODULE_PARM_DESC(build_id, "of the running kernel, in hexadecimal digits");

static char *replaced = "lcm";
module_param(replaced, charp, 0);
MODULE_PARM_DESC(replaced, "under another name the first function is refused");

static char *inactive = "";
module_param(inactive, charp, 0);
MODULE_PARM_DESC(inactive, "a function that must not be active either");

static unsigned int refusals;
static bool to_new;

/* True when *@count is another than @from, which an NMI makes it soon. */
static bool changes(const unsigned int *count, unsigned int from)
{
	u64 end = ktime_get_mono_fast_ns() + 10 * NSEC_PER_SEC;

	while (smp_load_acquire(count) == from) {
		if (ktime_get_mono_fast_ns() > end)
			return false;
		cpu_relax();
	}
	return true;
}

/* An NMI begins and ends on @cpu now, and sees what has held so far. */
static void whole_nmi(int cpu)
{
	struct nmi_state *theirs = per_cpu_ptr(&nmi_state, cpu);
	unsigned int done = smp_load_acquire(&theirs->done);

	send_nmi(cpu);
	if (!changes(&theirs->done, done))
		interrupts_failed("an NMI in the stop does not end");
	else if (theirs->last != (to_new ? OLD : NEW))
		interrupts_failed("an NMI in the stop did not see what held");
	else
		atomic_inc(&counts.whole);
}

/* An NMI begins on @cpu now, and is in the middle of its work for a while. */
static void begin_nmi(int cpu, unsigned int wait)
{
	struct nmi_state *theirs = per_cpu_ptr(&nmi_state, cpu);
	unsigned int begun = READ_ONCE(theirs->begun);

	WRITE_ONCE(wishes.pauses, wait);
	send_nmi(cpu);
	if (!changes(&theirs->begun, begun))
		interrupts_failed("an NMI in the stop does not begin");
}

/* Data is converted now: nothing may be in the functions, or come into them. */
static void held_nmi(int cpu)
{
	const struct nmi_state *theirs = per_cpu_ptr(&nmi_state, cpu);
	unsigned int done = READ_ONCE(theirs->done), i;

	if (READ_ONCE(theirs->begun) != done)
		interrupts_failed("an NMI is in the functions in the middle of the switch");
	WRITE_ONCE(wishes.held_cpu, cpu);
	begin_nmi(cpu, 0);
	for (i = 0; i < LONG; i++)
		cpu_relax();
	if (READ_ONCE(theirs->done) != done)
		interrupts_failed("an NMI has called the functions in the middle of the switch");
}

static int start(bool patch)
{
	to_new = patch;
	refusals = REFUSALS;
	wishes.held_sees = patch ? NEW : OLD;
	return interrupts_start();
}

static int check(struct klp_object *object)
{
	WRITE_ONCE(wishes.pauses, 0);
	whole_nmi(next_cpu());
	if (refusals--)
		return -EBUSY;
	begin_nmi(next_cpu(), LONG);
	return 0;
}

static void apply(struct klp_object *object)
{
	held_nmi(next_cpu());
	whole_nmi(smp_processor_id());
}

static void finish(struct klp_object *object)
{
	interrupts_stop();
	pr_info("kpatch-nmi: %s: interrupts %d, NMIs %d, mixed %d, in the stop %d, held %d, failed "
		"%d\n",
		to_new ? "new" : "old", atomic_read(&counts.interrupts), atomic_read(&counts.nmis),
		atomic_read(&counts.mixed), atomic_read(&counts.whole), atomic_read(&counts.held),
		atomic_read(&counts.failed));
}

static int pre_patch(struct klp_object *object)
{
	return start(true);
}

static void pre_unpatch(struct klp_object *object)
{
	if (start(false))
		interrupts_failed("no thread");
}

static void failed_to_switch(struct klp_object *object)
{
	finish(object);
	interrupts_failed("the operation");
}

static const struct kpatch_callback_record records[] = {
	{ .fn = pre_patch },	    { .fn = check },	   { .fn = apply }, { .fn = finish },
	{ .fn = failed_to_switch }, { .fn = pre_unpatch },
};
#define ONE(kind, i) \
	.begin[KPATCH_HOOK_##kind] = &records[i], .end[KPATCH_HOOK_##kind] = &records[(i) + 1]
#define HOOKS(pre)                                                                      \
	{                                                                               \
		ONE(PRE, pre), ONE(CHECK, 1), ONE(APPLY, 2), ONE(POST, 3), ONE(FAIL, 4) \
	}

static struct kpatch_func_record funcs[] = {
	{ new_lcm, "lcm", "vmlinux", 0, 0, 64 },
	{ new_lcm_not_zero, "lcm_not_zero", "vmlinux", 0, 0, 64 },
};
static struct kpatch_place_record places[] = {
	{ lcm, "lcm", 0, 0 },
	{ lcm_not_zero, "lcm_not_zero", 0, 0 },
	{ lcm, "", 0, 1 }, /* named by a parameter */
};
static const struct kpatch_reloc_record relocs[] = { {} };
static const struct kpatch_module_record modules[] = { {} };
static struct kpatch_info info;

static struct kpatch_description description = {
	.abi = KPATCH_CORE_ABI,
	.mod = THIS_MODULE,
	.info = &info,
	.funcs = funcs,
	.funcs_end = funcs + ARRAY_SIZE(funcs),
	.places = places,
	.places_end = places + ARRAY_SIZE(places),
	.relocs = relocs,
	.modules = modules,
	.patch = HOOKS(0),
	.unpatch = HOOKS(5),
};

/* "lcm+0x0/0x2b" */
static u64 size_of(const void *function)
{
	char text[KSYM_SYMBOL_LEN];
	const char *slash;

	sprint_symbol(text, (unsigned long)function);
	slash = strchr(text, '/');
	return slash ? simple_strtoul(slash + 1, NULL, 16) : 0;
}

static int __init agree_init(void)
{
	size_t i;

	funcs[0].old_name = replaced;
	places[2].name = inactive;
	if (!*inactive)
		description.places_end--;
	info.build_id_size = strlen(build_id) / 2;
	if (info.build_id_size > sizeof(info.build_id) ||
	    hex2bin(info.build_id, build_id, info.build_id_size))
		return -EINVAL;
	for (i = 0; i < ARRAY_SIZE(places); i++)
		places[i].size = size_of(places[i].address);
	return kpatch_register(&description);
}

static void __exit agree_exit(void)
{
	kpatch_unregister(&description);
}

module_init(agree_init);
module_exit(agree_exit);
MODULE_LICENSE("GPL");
