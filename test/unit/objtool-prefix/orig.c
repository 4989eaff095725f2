// SPDX-License-Identifier: GPL-2.0-only
#include "tables.h"

#define STATIC_CALL(name)         \
	void __SCT__##name(void); \
	extern u64 __SCK__##name

STATIC_CALL(choose);

void (*callback)(void);
void (*callback)(void);
static struct static_key key;

int show(int *value);
int show(int *value)
{
	if (static_branch(&key))
		WARN_ON(*value);
	callback();
	__SCT__choose();
	return *value + 1;
}

int other(int *value);
int other(int *value)
{
	if (static_branch(&key))
		WARN_ON(*value + 1);
	callback();
	__SCT__choose();
	return *value + 3;
}
