// SPDX-License-Identifier: GPL-2.0-only
int _printk(const char *fmt, ...);

int helper(int value);
int helper(int value)
{
	return _printk("%d\n", value);
}
