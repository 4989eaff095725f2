/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KPATCH_COMPARE_H
#define KPATCH_COMPARE_H

#include "kpatch/running.h"

enum comparison {
	COMPARED_SAME,
	COMPARED_DIFFERENT,
	COMPARED_UNREADABLE, /* errno tells why */
	COMPARED_UNKNOWN, /* it cannot be told what the code should be */
};

/* What came of it. */
struct compared {
	enum comparison result;
	uint32_t changed; /* places that the kernel has changed in a permitted way */
	uint32_t offset; /* in the code, of the first difference */
	uint32_t length; /* of the bytes below */
	unsigned char expected[16], seen[16];
	char *problem; /* COMPARED_UNKNOWN: why; to be freed */
};

/* Compare the code of @record with the memory at @address. */
struct compared compare_record(const struct running *running, const struct shipped_record *record,
			       uint64_t address);

#endif /* KPATCH_COMPARE_H */
