// SPDX-License-Identifier: GPL-2.0-only
/* Moves the compiler's numbering away from that of the case alone. */
int elsewhere(void);
int elsewhere(void)
{
	static int count;

	return --count;
}
