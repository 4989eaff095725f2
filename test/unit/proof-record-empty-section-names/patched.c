// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct lock_class_key {
};

void init_lock(int *lock, struct lock_class_key *key);

int show(int *lock);
int show(int *lock)
{
	static struct lock_class_key __key;

	init_lock(lock, &__key);
	return *lock * 4;
}
