// SPDX-License-Identifier: GPL-2.0-only
int _printk(const char *fmt, ...);

static __attribute__((noinline, used)) int twice(int value)
{
	return _printk("%x\n", value);
}

int twice_elsewhere(int value) __attribute__((alias("twice")));
