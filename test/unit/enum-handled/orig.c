// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"
enum st { A, B, C };

int f(enum st *s)
{
	if (*s == C)
		return internal(1);
	*s = B;
	return 0;
}
