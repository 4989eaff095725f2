/* SPDX-License-Identifier: GPL-2.0-only */
/* What a DO_ONCE() does (linux/once.h): the code between its beginning and its end. */
#ifndef ONCE_WORK_H
#define ONCE_WORK_H

#include "object.h"

/* An instruction, or one more reference of it. */
struct once_step {
	uint64_t shape; /* see struct insn */
	const struct rela *rela; /* NULL: none */
};

struct once_work {
	struct once_step *step; /* in the order of the code */
	size_t nr, max;
	bool open; /* not all of it is known */
};

enum once_place {
	NOT_ONCE, /* a call that is not one of linux/once.h */
	ONCE_START, /* asks whether it is to be done */
	ONCE_END, /* says that it is done */
};

/*
 * read_once_work - what is done before the call that gets a flag or a key
 *
 * @rela is the reference to the flag or the key. @work is filled for ONCE_END only, the caller
 * frees its steps.
 */
enum once_place read_once_work(const struct object *obj, const struct section *sec,
			       const struct rela *rela, struct once_work *work);

#endif /* ONCE_WORK_H */
