// SPDX-License-Identifier: GPL-2.0-only
#include "tables.h"

/* DECLARE_STATIC_CALL() and __static_call() of linux/static_call_types.h */
void __SCT__choose(void);
asm(".pushsection .discard.addressable,\"aw\"\n\t.quad __SCK__choose\n.popsection");

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
