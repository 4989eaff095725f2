// SPDX-License-Identifier: GPL-2.0-only
/* Another one of that name: which is meant is told by its neighbours. */
static __attribute__((__noinline__, __used__)) int step(int value)
{
	return value;
}
