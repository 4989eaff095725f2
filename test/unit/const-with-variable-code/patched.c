// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct attribute {
	const char *name;
	int (*show)(int value);
};

struct group {
	int mode;
	struct attribute **attributes;
};

void hand_over(const struct group *group);

static int first(int value)
{
	return value + 1;
}

static struct attribute attribute = { "first", first };
static struct attribute *attributes[2] = { &attribute, NULL };
static const struct group group = { 6, attributes };

void show(void);
void show(void)
{
	hand_over(&group);
}
