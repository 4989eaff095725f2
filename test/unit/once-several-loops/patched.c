// SPDX-License-Identifier: GPL-2.0-only
#include "tables.h"

/* DO_ONCE() of linux/once.h, Linux 6.1; other initial values show who is taken for whom */
bool __do_once_start(bool *done, u64 *flags);
void __do_once_done(bool *done, struct static_key *key, u64 *flags, void *module);

#define DO_ONCE(func, first)                                                            \
	do {                                                                            \
		static bool __attribute__((__section__(".data.once"))) ___done = first; \
		static struct static_key ___once_key = { 1, first };                    \
		u64 flags;                                                              \
		if (static_branch(&___once_key) && __do_once_start(&___done, &flags)) { \
			func();                                                         \
			__do_once_done(&___done, &___once_key, &flags, NULL);           \
		}                                                                       \
	} while (0)

static u32 first_secrets[20], second_secrets[20], counter;

static inline void init_first(void)
{
	int i;

	for (i = 0; i < 20; i++)
		first_secrets[i] = internal(i);
}

static inline void init_second(void)
{
	int i;

	for (i = 0; i < 20; i++)
		second_secrets[i] = internal(i);
}

u32 hashed(u32 value);
u32 hashed(u32 value)
{
	DO_ONCE(init_first, 0);
	DO_ONCE(init_second, 1);
	return value ^ first_secrets[1] + second_secrets[2] + counter;
}
