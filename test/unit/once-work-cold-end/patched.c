// SPDX-License-Identifier: GPL-2.0-only
#include "tables.h"

/* DO_ONCE() of linux/once.h, Linux 6.1, as it is without static branches in assembly */
bool __do_once_start(bool *done, u64 *flags);
void __do_once_done(bool *done, struct static_key *key, u64 *flags, void *module);

#define DO_ONCE(func, first)                                                            \
	do {                                                                            \
		static bool __attribute__((__section__(".data.once"))) ___done = first; \
		static struct static_key ___once_key = { 1, first };                    \
		u64 flags;                                                              \
		if (__do_once_start(&___done, &flags)) {                                \
			func();                                                         \
			__do_once_done(&___done, &___once_key, &flags, NULL);           \
		}                                                                       \
	} while (0)

void get_random_bytes(void *buffer, int size) __attribute__((__cold__));
extern u32 secrets[8], other[8];

static inline void init_secrets(void)
{
	secrets[0] = other[0] = internal(1);
	if (internal(4))
		secrets[2] = 5;
	get_random_bytes(&secrets[3], sizeof(secrets[3]));
}

u32 hashed(u32 value);
u32 hashed(u32 value)
{
	DO_ONCE(init_secrets, 0);
	return value + other[0] * secrets[1];
}
