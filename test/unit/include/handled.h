/* SPDX-License-Identifier: GPL-2.0-only */
/* KPATCH_TYPE_HANDLED() in the shape that kmod/patch/kpatch-macros.h gives it. */
#ifndef UNIT_HANDLED_H
#define UNIT_HANDLED_H

struct kpatch_type_record {
	const char *type;
	const char *how;
};

#define HANDLED_NAME(line) kpatch_type_##line
#define HANDLED_LINE(line) HANDLED_NAME(line)

#define KPATCH_TYPE_HANDLED(type_name, how_handled)                                          \
	static const struct kpatch_type_record HANDLED_LINE(__LINE__) __used                 \
		__attribute__((__aligned__(8), __section__(".kpatch.types"))) = { type_name, \
										  how_handled }

#endif /* UNIT_HANDLED_H */
