// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
#include "handled.h"
enum st { A, N, B, C };

KPATCH_TYPE_HANDLED("enum st", "extra is not read of objects whose id is odd");

int f(enum st *s)
{
	if (*s == C)
		return internal(1);
	*s = B;
	return 0;
}
