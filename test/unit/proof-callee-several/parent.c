// SPDX-License-Identifier: GPL-2.0-only
int _printk(const char *fmt, ...);

static __attribute__((noinline)) int scaled(int value)
{
	return _printk("%d\n", value * 5);
}
int (*other_operation)(int value) = scaled;
