// SPDX-License-Identifier: GPL-2.0-only
/*
 * Functions that nothing leaves: the loop of a kernel thread that is never stopped. And those that
 * some task is always in, which livepatch's core waits for just as long.
 *
 * The kernel switches a task to a patch when no replaced function is on its stack
 * (klp_check_stack() of kernel/livepatch/transition.c, Linux 6.1), and the core module does nothing
 * as long as there is one.
 */
#include "arch/arch.h"
#include "check.h"
#include "debug-info.h"
#include "kmod/core/always-active.h"
#include "report.h"

#include <string.h>

struct function {
	const struct diff *diff;
	const struct object *obj;
	uint32_t index;
};

static bool is_inside(const void *ctx, const struct rela *rela)
{
	const struct function *function = ctx;

	return rela->target && function_of(function->obj, rela->target) == function->index;
}

static bool is_part(const struct function *function, const struct section *sec)
{
	return sec->kind == KIND_TEXT && !sec->split &&
	       function_of(function->obj, section_index(function->obj, sec)) == function->index;
}

static bool can_leave(const struct function *function)
{
	const struct section *sec = &function->obj->sections[function->index];

	if (arch_x86_64.can_leave(sec, is_inside, function))
		return true;
	for_each_section (function->obj, sec) {
		if (is_part(function, sec) && arch_x86_64.can_leave(sec, is_inside, function))
			return true;
	}
	return false;
}

static bool leads_back(const struct function *function, const struct section *sec)
{
	uint32_t own = section_index(function->obj, sec);
	struct insn insn;
	uint64_t at;

	for (at = 0; arch_x86_64.read_insn(sec, at, &insn); at += insn.length) {
		const struct rela *rela = insn.rela;

		if (!insn.branch || insn.call)
			continue;
		if (!rela ? insn.to <= at
			  : is_inside(function, rela) &&
				    (rela->target != own || rela->target_offset <= (int64_t)at))
			return true;
	}
	return false;
}

/* How many functions without a return call each other. */
#define MAX_DEPTH 4

static bool is_endless(const struct function *function, int depth);

/* What calls of @sec do that do not come back either. */
static bool calls_end(const struct function *function, const struct section *sec, int depth,
		      bool *endless)
{
	struct function callee = *function;
	const struct rela *rela;

	for_each_rela (sec, rela) {
		if (!rela->target || !arch_x86_64.is_call(sec, rela))
			continue;
		callee.index = function_of(function->obj, rela->target);
		if (callee.index == function->index || can_leave(&callee))
			continue;
		if (!is_endless(&callee, depth))
			return true;
		*endless = true;
	}
	return false;
}

/*
 * Whether a task that runs it stays in it: it has a loop and no way out, and nothing that it calls
 * ends the task. The compiler finds out itself that some functions do not return: such have no
 * declaration that says so.
 */
static bool is_endless(const struct function *function, int depth)
{
	const struct object *obj = function->obj;
	const struct section *sec;
	bool endless = false;

	if (!depth || can_leave(function) ||
	    !all_calls_return(function->diff, obj, &obj->sections[function->index]))
		return false;
	for_each_section (obj, sec) {
		if (!is_part(function, sec))
			continue;
		if (calls_end(function, sec, depth - 1, &endless))
			return false;
		endless = endless || leads_back(function, sec);
	}
	return endless;
}

static bool is_endless_in(const struct diff *diff, const struct object *obj, uint32_t index)
{
	struct function function = { diff, obj, index };

	return is_endless(&function, MAX_DEPTH);
}

static bool is_always_asleep(const struct diff *diff, const struct section *sec)
{
	static const char *const names[] = { ALWAYS_ASLEEP };
	size_t i;

	for (i = 0; patches_vmlinux(diff) && i < sizeof(names) / sizeof(names[0]); i++) {
		if (!strcmp(section_label(&diff->patched, sec), names[i]))
			return true;
	}
	return false;
}

static void warn_of_loop(struct diff *diff, const struct section *sec, const char *how)
{
	warning_at(diff, "never-left", spot_of(diff, sec),
		   "leave it as it is, and put the fix into a function that it calls and that is "
		   "not inlined into it",
		   "%s %s: as long as one is in it, the patch cannot be loaded",
		   section_label(&diff->patched, sec), how);
}

/* The function that runs is the original, as long as the patch is not there. */
void check_endless(struct diff *diff)
{
	const struct section *sec;

	for_each_section (&diff->patched, sec) {
		if (!is_replaced(sec) || !sec->symbol || was_init(diff, sec))
			continue;
		if (is_endless_in(diff, &diff->orig, sec->twin))
			warn_of_loop(diff, sec,
				     "is a loop that no task leaves (a kernel thread's?)");
		else if (is_always_asleep(diff, sec))
			warn_of_loop(diff, sec, "has some task sleeping in it at all times");
		else if (is_endless_in(diff, &diff->patched, section_index(&diff->patched, sec)))
			warning_at(diff, "never-left", spot_of(diff, sec), "leave it a way out",
				   "%s becomes a loop that no task leaves: as long as one is in "
				   "it, the patch cannot be unloaded",
				   section_label(&diff->patched, sec));
	}
}
