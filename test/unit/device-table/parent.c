// SPDX-License-Identifier: GPL-2.0-only
/* Others of these names: whose are meant is told by their neighbours. */
static int __attribute__((__used__)) ids[] = { 1, 2, 3 };

static __attribute__((__noinline__, __used__)) int step(int value)
{
	return value;
}
