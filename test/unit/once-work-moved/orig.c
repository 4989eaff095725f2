// SPDX-License-Identifier: GPL-2.0-only
#include "tables.h"

/* DO_ONCE() of linux/once.h, Linux 6.1 */
bool __do_once_start(bool *done, u64 *flags);
void __do_once_done(bool *done, struct static_key *key, u64 *flags, void *module);

#define DO_ONCE(func, first)                                                            \
	do {                                                                            \
		static bool __attribute__((__section__(".data.once"))) ___done = first; \
		static struct static_key ___once_key = { 1, first };                    \
		u64 flags;                                                              \
		if (static_branch(&___once_key) &&                                      \
		    __builtin_expect(__do_once_start(&___done, &flags), 0)) {           \
			func();                                                         \
			__do_once_done(&___done, &___once_key, &flags, NULL);           \
		}                                                                       \
	} while (0)

static u32 secrets[20];

static inline void init_secrets(void)
{
	int i;

	for (i = 0; i < 20; i++) {
		if (internal(i))
			secrets[i] = internal(i + 50);
	}
}

u32 hashed(u32 value);
u32 hashed(u32 value)
{
	DO_ONCE(init_secrets, 0);
	return value * secrets[1];
}
