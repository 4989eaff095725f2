// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct lock_class_key {
};

void init_lock(int *lock, struct lock_class_key *key);

#define INIT(lock)                                  \
	do {                                        \
		static struct lock_class_key __key; \
		init_lock(lock, &__key);            \
	} while (0)

int show(int *locks);
int show(int *locks)
{
	INIT(locks);
	return *locks * 3;
}
