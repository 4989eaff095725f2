/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For the author of a patch: #include "kpatch-macros.h" in the patched file.
 * doc/patch-module.md tells when to use what.
 */
#ifndef KPATCH_MACROS_H
#define KPATCH_MACROS_H

#include <linux/compiler.h>
#include <linux/livepatch.h>
#include <linux/printk.h>
#include <linux/static_call.h>

#include "kpatch-compat.h"
#include "kpatch-info.h"

/* The object a callback is called for; its name is NULL for vmlinux. */
typedef struct klp_object patch_object;

/*
 * A callback of the object that the file belongs to. At most one of a kind per object
 * and patch; none is called for a module that is not loaded. The times of the calls are
 * those of struct klp_callbacks (include/linux/livepatch.h).
 */
#define KPATCH_CALLBACK(kind, result, function)                                                   \
	_Static_assert(__builtin_types_compatible_p(typeof(function), result(patch_object *)),    \
		       "a kpatch " #kind " callback is: " #result " callback(patch_object *)");   \
	static const struct kpatch_callback_record kpatch_##kind##_##function __used __aligned(8) \
		__section(KPATCH_CALLBACKS_PREFIX #kind) = { .fn = function }

/* Before the functions are replaced; an error code keeps the patch from being applied. */
#define KPATCH_PRE_PATCH_CALLBACK(function) KPATCH_CALLBACK(pre_patch, int, function)
/* After all tasks have gone over to the new functions. */
#define KPATCH_POST_PATCH_CALLBACK(function) KPATCH_CALLBACK(post_patch, void, function)
/* Before the old functions come back. */
#define KPATCH_PRE_UNPATCH_CALLBACK(function) KPATCH_CALLBACK(pre_unpatch, void, function)
/* After all tasks have gone back to the old functions. */
#define KPATCH_POST_UNPATCH_CALLBACK(function) KPATCH_CALLBACK(post_unpatch, void, function)

/*
 * For the core module only, which stops the machine (doc/core-module.md): check and apply run with
 * interrupts off and must neither sleep nor allocate, nor wait for another processor. Check: no
 * task is in the old functions, and an error code leaves everything as it is; -EBUSY is tried
 * again. Apply: converts data, right before the switch. Fail: nothing came of it after all, undo
 * what pre did.
 */
#define KPATCH_CHECK_PATCH_CALLBACK(function)	KPATCH_CALLBACK(check_patch, int, function)
#define KPATCH_APPLY_PATCH_CALLBACK(function)	KPATCH_CALLBACK(apply_patch, void, function)
#define KPATCH_FAIL_PATCH_CALLBACK(function)	KPATCH_CALLBACK(fail_patch, void, function)
#define KPATCH_CHECK_UNPATCH_CALLBACK(function) KPATCH_CALLBACK(check_unpatch, int, function)
#define KPATCH_APPLY_UNPATCH_CALLBACK(function) KPATCH_CALLBACK(apply_unpatch, void, function)
#define KPATCH_FAIL_UNPATCH_CALLBACK(function)	KPATCH_CALLBACK(fail_unpatch, void, function)

/*
 * For the core module only: a function that the patch does not replace, and that no task may be in
 * when it switches, on the way in and out, such as a reader of data that apply converts. @name: a
 * string literal; it may be of another file, static or not. All functions of that name are meant,
 * and what the compiler made of them (f.part.0). What is inlined into its callers, all or some, has
 * no code of its own there: name these.
 */
#define KPATCH_INACTIVE(function_name)                                           \
	static const struct kpatch_inactive_record __UNIQUE_ID(kpatch_inactive_) \
		__used __aligned(8) __section(KPATCH_INACTIVE_SECTION) = { .name = function_name }

/* Changes in the section of this name are not looked at. @section: a string literal. */
#define KPATCH_IGNORE_SECTION(section)                                                 \
	static const char *const __UNIQUE_ID(kpatch_ignore_section_) __used __section( \
		KPATCH_IGNORE_SECTIONS) = section

/* Changes of this function are not looked at: the running kernel keeps the old one. */
#define KPATCH_IGNORE_FUNCTION(function)                                                \
	static const void *const __UNIQUE_ID(kpatch_ignore_function_) __used __section( \
		KPATCH_IGNORE_FUNCTIONS) = function

/*
 * The layout of a type changes, or the value of an enumerator, and the patch handles what is
 * of the old one in the running kernel. @type_name: a string literal: "struct foo", "union foo",
 * "typedef foo_t", "variable foo", "enum foo", or "enumerator FOO" where the enumeration has no
 * name. @how_handled: a string literal that says how, for whoever reads the report.
 */
#define KPATCH_TYPE_HANDLED(type_name, how_handled)                                          \
	static const struct kpatch_type_record __UNIQUE_ID(kpatch_type_) __used __aligned(8) \
		__section(KPATCH_TYPES_SECTION) = { .type = type_name, .how = how_handled }

/*
 * The function may be replaced although a task runs in it. For sources that have it already:
 * neither back end takes a patch's word for that, and it changes nothing.
 */
#define KPATCH_FORCE_UNSAFE(function)                                         \
	static const void *const __UNIQUE_ID(kpatch_force_) __used __section( \
		KPATCH_FORCE_SECTION) = function

/*
 * printk() for a function that prints nothing so far. A direct call tells gcc that
 * the code around it is cold (printk() is declared so), which moves it about and can
 * change functions that the patch does not mean to change.
 */
#define KPATCH_PRINTK(fmt, ...)                                                          \
	({                                                                               \
		typeof(KPATCH_PRINTK_FUNCTION) *kpatch_printk_ = KPATCH_PRINTK_FUNCTION; \
                                                                                         \
		no_printk(fmt, ##__VA_ARGS__);                                           \
		OPTIMIZER_HIDE_VAR(kpatch_printk_);                                      \
		kpatch_printk_(fmt, ##__VA_ARGS__);                                      \
	})

/*
 * static_call() through the key's pointer: for a static call that belongs to a module,
 * whose call sites the kernel would set up before that module is there. The value is
 * called as it is: a static call whose function can be NULL needs a test before it.
 */
#define KPATCH_STATIC_CALL(name) ((typeof(STATIC_CALL_TRAMP(name)) *)static_call_query(name))

#endif /* KPATCH_MACROS_H */
