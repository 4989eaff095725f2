// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct timer {
	void (*function)(struct timer *);
	int expires;
};

struct device {
	int state;
	struct timer timer;
};

static noinline void expire(struct timer *timer)
{
	internal(timer->expires);
}

int setup(struct device *device);
int setup(struct device *device)
{
	device->timer.function = expire;
	internal(1);
	return 0;
}
