// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct chip {
	int number;
};

struct device {
	const struct chip *chip;
};

static const struct chip old_chip = { 1 };
static const struct chip new_chip = { 3 };

int show(struct device *device);
int show(struct device *device)
{
	return internal(device->chip == &new_chip ? new_chip.number : old_chip.number);
}
