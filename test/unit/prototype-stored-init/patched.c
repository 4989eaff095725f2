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

static noinline void expire(struct device *device)
{
	internal(device->state);
}

int __init setup(struct device *device);
int __init setup(struct device *device)
{
	device->timer.function = (void (*)(struct timer *))expire;
	return internal(1);
}
