// SPDX-License-Identifier: GPL-2.0-only
int x(void);
int x(void)
{
	return 2;
}
